export type Point = readonly [number, number];

/** Corners in parts of the picture, 0 to 1. */
export type Region = readonly Point[];

export function clampPoint([x, y]: Point): Point {
  return [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))];
}

export function rectangle(one: Point, other: Point): Region {
  const [x1, y1] = clampPoint(one);
  const [x2, y2] = clampPoint(other);
  return [
    [Math.min(x1, x2), Math.min(y1, y2)],
    [Math.max(x1, x2), Math.min(y1, y2)],
    [Math.max(x1, x2), Math.max(y1, y2)],
    [Math.min(x1, x2), Math.max(y1, y2)],
  ];
}

/** The part of the picture that the region covers, 0 to 1 (shoelace formula). */
export function areaOf(region: Region): number {
  let sum = 0;
  region.forEach(([x, y], index) => {
    const [nextX, nextY] = region[(index + 1) % region.length] ?? [x, y];
    sum += x * nextY - nextX * y;
  });
  return Math.abs(sum) / 2;
}

/** Too small to hold anything that moves. */
export function isUsable(region: Region): boolean {
  return region.length >= 3 && areaOf(region) > 0.0005;
}

export function isNear(one: Point, other: Point, reach: number): boolean {
  return Math.hypot(one[0] - other[0], one[1] - other[1]) < reach;
}
