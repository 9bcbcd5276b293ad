import { describe, expect, it } from 'vitest';

import {
  areaOf,
  faultOf,
  freeId,
  insertAfter,
  isSelfCrossing,
  leftOf,
  movePoint,
  moveShape,
  removeCorner,
  type Corners,
  type Point,
} from './geometry';

const square: Corners = [
  [0.2, 0.2],
  [0.6, 0.2],
  [0.6, 0.6],
  [0.2, 0.6],
];

describe('zone geometry', () => {
  it('keeps a dragged corner inside the picture', () => {
    expect(movePoint(square, 0, [-0.3, 1.4])[0]).toEqual([0, 1]);
  });

  it('stops a moved shape at the edge without bending it', () => {
    const moved = moveShape(square, [0.9, -0.9]);
    expect(moved[1]).toEqual([1, 0]);
    expect(areaOf(moved)).toBeCloseTo(areaOf(square), 4);
  });

  it('puts a new corner into the middle of an edge, the last one too', () => {
    expect(insertAfter(square, 0)[1]).toEqual([0.4, 0.2]);
    expect(insertAfter(square, 3)[4]).toEqual([0.2, 0.4]);
  });

  it('does not take corners from a triangle', () => {
    expect(removeCorner(square, 1)).toHaveLength(3);
    expect(removeCorner(square.slice(0, 3), 1)).toBeNull();
  });

  it('finds edges that cross, and only those', () => {
    expect(isSelfCrossing(square)).toBe(false);
    const [a, b, c, d] = square as [Point, Point, Point, Point];
    const bow: Corners = [a, c, b, d];
    expect(faultOf(bow)).toBe('crossing');
  });

  it('refuses lines without length and areas without extent', () => {
    expect(
      faultOf([
        [0.5, 0.5],
        [0.5, 0.5],
      ]),
    ).toBe('point');
    expect(
      faultOf([
        [0.1, 0.1],
        [0.5, 0.1],
        [0.9, 0.1],
      ]),
    ).toBe('tiny');
    expect(
      faultOf([
        [0.1, 0.1],
        [0.5, 0.5],
      ]),
    ).toBeNull();
  });

  it('has left above a line that runs to the right', () => {
    const [x, y] = leftOf([0, 10], [20, 10]);
    expect(x).toBeCloseTo(0);
    expect(y).toBe(-1);
  });

  it('gives ids that nobody has', () => {
    expect(freeId('zone', ['zone-1', 'zone-3'])).toBe('zone-2');
  });
});
