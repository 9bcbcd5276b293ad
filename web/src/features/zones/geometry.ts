/** A corner in parts of the picture, 0 to 1. */
export type Point = readonly [number, number];
export type Corners = readonly Point[];

const places = 4;
const smallestArea = 1e-5;

/** Inside the picture, with as many digits as the server keeps. */
export function clampPoint([x, y]: Point): Point {
  const clamp = (value: number): number => Number(Math.min(1, Math.max(0, value)).toFixed(places));
  return [clamp(x), clamp(y)];
}

export function movePoint(corners: Corners, index: number, to: Point): Corners {
  return corners.map((corner, at) => (at === index ? clampPoint(to) : corner));
}

/** Moves the whole shape, but never over the edge of the picture. */
export function moveShape(corners: Corners, [dx, dy]: Point): Corners {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const byX = Math.min(1 - Math.max(...xs), Math.max(-Math.min(...xs), dx));
  const byY = Math.min(1 - Math.max(...ys), Math.max(-Math.min(...ys), dy));
  return corners.map(([x, y]) => clampPoint([x + byX, y + byY]));
}

/** A new corner in the middle of the edge that begins at `index`. */
export function insertAfter(corners: Corners, index: number): Corners {
  const from = corners[index];
  const to = corners[(index + 1) % corners.length];
  if (!from || !to) return corners;
  return [...corners.slice(0, index + 1), middle(from, to), ...corners.slice(index + 1)];
}

export function middle([ax, ay]: Point, [bx, by]: Point): Point {
  return clampPoint([(ax + bx) / 2, (ay + by) / 2]);
}

/** An area keeps three corners and a line two: null when the shape would be none any more. */
export function removeCorner(corners: Corners, index: number): Corners | null {
  return corners.length <= 3 ? null : corners.filter((_, at) => at !== index);
}

export function areaOf(corners: Corners): number {
  let twice = 0;
  corners.forEach(([x, y], at) => {
    const [nextX, nextY] = corners[(at + 1) % corners.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}

/** Positive on the right of someone who walks from a to b (y points down), as in the server's geometry. */
function side([ax, ay]: Point, [bx, by]: Point, [px, py]: Point): number {
  return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
}

function doCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

export function isSelfCrossing(corners: Corners): boolean {
  const edges = corners.map((corner, at): [Point, Point] => [
    corner,
    corners[(at + 1) % corners.length] ?? corner,
  ]);
  return edges.some(([a, b], one) =>
    edges.some(([c, d], other) => {
      const isApart = other > one + 1 && !(one === 0 && other === edges.length - 1);
      return isApart && doCross(a, b, c, d);
    }),
  );
}

export type ShapeFault = 'crossing' | 'tiny' | 'point';

/** What the server would refuse. */
export function faultOf(corners: Corners): ShapeFault | null {
  if (corners.length === 2) {
    const [a, b] = corners;
    return a && b && a[0] === b[0] && a[1] === b[1] ? 'point' : null;
  }
  if (isSelfCrossing(corners)) return 'crossing';
  return areaOf(corners) < smallestArea ? 'tiny' : null;
}

/** Where to write a name: the mean of the corners. */
export function centreOf(corners: Corners): Point {
  const sum = corners.reduce<[number, number]>(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
  const count = Math.max(1, corners.length);
  return [sum[0] / count, sum[1] / count];
}

/** In pixels of the stage: the unit vector to the left of someone who walks from a to b. */
export function leftOf(a: Point, b: Point): Point {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  return [(b[1] - a[1]) / length, -(b[0] - a[0]) / length];
}

/** The first id of the form "zone-1" that is free. */
export function freeId(prefix: string, taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`${prefix}-${number}`)) number += 1;
  return `${prefix}-${number}`;
}
