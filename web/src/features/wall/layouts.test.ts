import { describe, expect, it } from 'vitest';

import { columnsFor, layoutOf, neighbourPlace, slotsFrom } from './layouts';

describe('columnsFor', () => {
  it('makes the pictures as large as the area allows', () => {
    expect(columnsFor(4, 1600, 900)).toBe(2);
    expect(columnsFor(9, 1600, 900)).toBe(3);
    expect(columnsFor(36, 1600, 900)).toBe(6);
  });

  it('lays few pictures side by side in a wide band', () => {
    expect(columnsFor(4, 1600, 200)).toBe(4);
  });

  it('keeps one picture in one column', () => {
    expect(columnsFor(1, 300, 900)).toBe(1);
  });
});

describe('neighbourPlace', () => {
  it('moves within the grid and stays at its border', () => {
    expect(neighbourPlace(4, 'left', 3, 9)).toBe(3);
    expect(neighbourPlace(3, 'left', 3, 9)).toBe(3);
    expect(neighbourPlace(5, 'right', 3, 9)).toBe(5);
    expect(neighbourPlace(1, 'up', 3, 9)).toBe(1);
    expect(neighbourPlace(1, 'down', 3, 9)).toBe(4);
    expect(neighbourPlace(7, 'down', 3, 8)).toBe(7);
  });
});

describe('a number of tiles of one’s own', () => {
  it('is none of the usual layouts', () => {
    expect(layoutOf(16)).toBe(16);
    expect(layoutOf(12)).toBeNull();
  });

  it('is whole, from 1 to 36', () => {
    expect(slotsFrom(' 12 ')).toBe(12);
    expect(['', '0', '37', '4.5', '-1', 'x'].map(slotsFrom)).toEqual([null, null, null, null, null, null]);
  });
});
