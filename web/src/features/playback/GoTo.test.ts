import { describe, expect, it } from 'vitest';

import { localInput, parseMoment } from './GoTo';

const near = new Date(2026, 2, 15, 9, 30, 20).getTime();

describe('going to a moment', () => {
  it('takes what is left out from the moment that is shown', () => {
    expect(parseMoment('14:03', near)).toBe(new Date(2026, 2, 15, 14, 3).getTime());
    expect(parseMoment(' 1-7 14:03:21 ', near)).toBe(new Date(2026, 0, 7, 14, 3, 21).getTime());
    expect(parseMoment('2025.12.31 23:59', near)).toBe(new Date(2025, 11, 31, 23, 59).getTime());
  });

  it('reads what it wrote and refuses what is no time', () => {
    expect(parseMoment(localInput(near).replace('T', ' '), 0)).toBe(near);
    expect(parseMoment('noon', near)).toBeNull();
  });
});
