/** Tiles that a wall may have: pictures in rows of equal size, and under them a row that passes the other cameras by. */
export const layouts = [1, 4, 9, 16, 25, 36] as const;
export type Slots = (typeof layouts)[number];

export const mostSlots = 36;

/** The layout of so many tiles; null for a number of one's own. */
export function layoutOf(slots: number): Slots | null {
  return layouts.find((n) => n === slots) ?? null;
}

/** The number of tiles that somebody typed; null when it is none from 1 to 36. */
export function slotsFrom(text: string): number | null {
  const wanted = /^\d{1,2}$/.test(text.trim()) ? Number(text) : 0;
  return wanted >= 1 && wanted <= mostSlots ? wanted : null;
}

/** Columns in which `count` pictures of 16:9 are largest in an area of this shape. */
export function columnsFor(count: number, width: number, height: number): number {
  let best = 1;
  let bestWidth = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const tile = Math.min(width / columns, ((height / rows) * 16) / 9);
    if (tile > bestWidth + 0.5) {
      bestWidth = tile;
      best = columns;
    }
  }
  return best;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The place next to `at` in a grid of `count` places; stays at the border. */
export function neighbourPlace(at: number, direction: Direction, columns: number, count: number): number {
  const step = { left: -1, right: 1, up: -columns, down: columns }[direction];
  const next = at + step;
  const leavesRow = direction === 'left' ? at % columns === 0 : at % columns === columns - 1;
  if ((direction === 'left' || direction === 'right') && leavesRow) return at;
  return next < 0 || next >= count ? at : next;
}
