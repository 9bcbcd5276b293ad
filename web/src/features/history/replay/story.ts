import type { IncidentReplay, ReplaySaid } from '@/shared/api';

/** What the rules had said by one scene. */
export interface Told {
  /** What goes on or ends in this scene, as it was said last. */
  open: readonly ReplaySaid[];
  /** Suspicions since the beginning, by behaviour. */
  proposed: ReadonlyMap<string, number>;
}

/** A replay with what had been said by each of its scenes. */
export interface Story {
  times: readonly number[];
  told: readonly Told[];
  /** Scenes in which something began, ended or was suspected. */
  notable: readonly number[];
}

export function storyOf(replay: Pick<IncidentReplay, 'open' | 'steps'>): Story {
  const times: number[] = [];
  const told: Told[] = [];
  const notable: number[] = [];
  const open = new Map<string, ReplaySaid>(replay.open.map((said) => [said.id, said]));
  let proposed: ReadonlyMap<string, number> = new Map();
  replay.steps.forEach((step, index) => {
    times.push(Date.parse(step.time));
    for (const said of step.said) open.set(said.id, said);
    if (step.proposals.length > 0) {
      const sums = new Map(proposed);
      for (const { kind, count } of step.proposals) sums.set(kind, (sums.get(kind) ?? 0) + count);
      proposed = sums;
    }
    told.push({ open: [...open.values()], proposed });
    if (step.proposals.length > 0 || step.said.some(({ phase }) => phase !== 'update')) notable.push(index);
    for (const said of step.said) if (said.phase === 'end') open.delete(said.id);
  });
  return { times, told, notable };
}

/** The scene that is shown at a moment: the last one that is not later; 0 before the first. */
export function sceneAt(times: readonly number[], wallMs: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    // Times of pictures are rounded to whole milliseconds on their way.
    if ((times[middle] ?? 0) <= wallMs + 1) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The next notable scene in a direction; the same one when there is none. */
export function nextNotable(notable: readonly number[], index: number, direction: 1 | -1): number {
  const found =
    direction === 1
      ? notable.find((each) => each > index)
      : [...notable].reverse().find((each) => each < index);
  return found ?? index;
}
