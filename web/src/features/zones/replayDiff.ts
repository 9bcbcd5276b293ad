import type { Schemas } from '@/shared/api';

export type ReplayEvent = Schemas['ReplayEvent'];
export type ReplayFate = 'kept' | 'gone' | 'added';

export interface ComparedEvent {
  event: ReplayEvent;
  fate: ReplayFate;
}

const nearMs = 3000;

function isSame(one: ReplayEvent, other: ReplayEvent): boolean {
  if (one.rule !== other.rule || one.kind !== other.kind || one.zone !== other.zone) return false;
  const [a, b] = [Date.parse(one.from), Date.parse(other.from)];
  const sharesTrack = one.tracks.some((track) => other.tracks.includes(track));
  const endOf = (event: ReplayEvent): number => (event.to === null ? Infinity : Date.parse(event.to));
  const overlaps = a <= endOf(other) && b <= endOf(one);
  return Math.abs(a - b) <= nearMs || (sharesTrack && overlaps);
}

/** Each event once, newest first: kept, gone, or added by the change. */
export function compareEvents(
  before: readonly ReplayEvent[],
  after: readonly ReplayEvent[],
): ComparedEvent[] {
  const left = [...before];
  const compared = after.map((event): ComparedEvent => {
    const at = left.findIndex((each) => isSame(each, event));
    if (at < 0) return { event, fate: 'added' };
    left.splice(at, 1);
    return { event, fate: 'kept' };
  });
  compared.push(...left.map((event): ComparedEvent => ({ event, fate: 'gone' })));
  return compared.sort((one, other) => Date.parse(other.event.from) - Date.parse(one.event.from));
}
