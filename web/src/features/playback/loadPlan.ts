import { cutSpan, joinSpans, spanAt, type TimeSpan } from './spans';

export interface PlanInput {
  /** The moment on the screen. */
  now: number;
  /** Playing speed; negative: backwards; 0: standing. */
  speed: number;
  keysOnly: boolean;
  /** What the media source holds. */
  loaded: readonly TimeSpan[];
  /** Asked for and not there, or not there yet. */
  missing: readonly TimeSpan[];
}

/** From this speed on only key pictures are fetched. */
export const keysOnlyFrom = 4;
const aheadS = { standing: 6_000, playing: 12_000, mostKeys: 180_000, mostFull: 30_000 } as const;
const chunkMs = { first: 3_000, full: 10_000, keys: 90_000 } as const;
/** Kept behind the moment on the screen, for a step back. */
const keptMs = { full: 20_000, keys: 120_000 } as const;

export function usesKeysOnly(speed: number): boolean {
  return speed < 0 || speed >= keysOnlyFrom;
}

/** How much of the future (of the past, backwards) should be there, milliseconds. */
export function wantedAhead(speed: number, keysOnly: boolean): number {
  if (speed === 0) return aheadS.standing;
  const most = keysOnly ? aheadS.mostKeys : aheadS.mostFull;
  return Math.min(most, Math.max(aheadS.playing, Math.abs(speed) * 8_000));
}

/** The next span to fetch; null when enough is there. After a jump a short one comes first, for a quick picture. */
export function nextLoad(input: PlanInput): TimeSpan | null {
  const { now, speed, keysOnly, loaded, missing } = input;
  const ahead = wantedAhead(speed, keysOnly);
  const chunk = keysOnly ? chunkMs.keys : chunkMs.full;
  const taken = joinSpans([...loaded, ...missing], 40);
  if (speed < 0) {
    const hole = cutSpans({ from: now - ahead, to: now }, taken).at(-1);
    return hole ? { from: Math.max(hole.from, hole.to - chunk), to: hole.to } : null;
  }
  const hole = cutSpans({ from: now, to: now + ahead }, taken)[0];
  if (!hole) return null;
  const isJump = !keysOnly && spanAt(loaded, now) === null;
  return { from: hole.from, to: Math.min(hole.to, hole.from + (isJump ? chunkMs.first : chunk)) };
}

function cutSpans(span: TimeSpan, away: readonly TimeSpan[]): TimeSpan[] {
  let left = [span];
  for (const each of away) left = cutSpan(left, each);
  return left.filter((piece) => piece.to - piece.from > 40);
}

/** What the media source may forget: all that is far from the moment on the screen. */
export function evictions(input: Pick<PlanInput, 'now' | 'speed' | 'keysOnly' | 'loaded'>): TimeSpan[] {
  const { now, speed, keysOnly, loaded } = input;
  const kept = keysOnly ? keptMs.keys : keptMs.full;
  const ahead = wantedAhead(speed, keysOnly) + (keysOnly ? chunkMs.keys : chunkMs.full);
  const keep = speed < 0 ? { from: now - ahead, to: now + kept } : { from: now - kept, to: now + ahead };
  // A little is not worth the work.
  return cutSpan(loaded, keep).filter((piece) => piece.to - piece.from > 5_000);
}
