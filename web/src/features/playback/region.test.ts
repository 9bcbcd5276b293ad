import { describe, expect, it } from 'vitest';

import { areaOf, isNear, isUsable, rectangle } from './region';

describe('the region of a search', () => {
  it('is a rectangle from any two opposite corners, within the picture', () => {
    expect(rectangle([0.8, 0.9], [-0.2, 0.4])).toEqual([
      [0, 0.4],
      [0.8, 0.4],
      [0.8, 0.9],
      [0, 0.9],
    ]);
  });

  it('knows how much it covers and refuses what is too small', () => {
    expect(areaOf(rectangle([0, 0], [0.5, 0.5]))).toBeCloseTo(0.25);
    expect(isUsable(rectangle([0.1, 0.1], [0.101, 0.9]))).toBe(true);
    expect(isUsable(rectangle([0.1, 0.1], [0.11, 0.11]))).toBe(false);
    expect(
      isUsable([
        [0, 0],
        [1, 1],
      ]),
    ).toBe(false);
  });

  it('closes a polygon near its first corner', () => {
    expect(isNear([0.5, 0.5], [0.51, 0.5], 0.02)).toBe(true);
    expect(isNear([0.5, 0.5], [0.55, 0.5], 0.02)).toBe(false);
  });
});
