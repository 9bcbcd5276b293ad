import type { IncidentSummary } from '@/shared/api';

export interface QueueOrder {
  /** Not acknowledged: gravest first, then the one that waits longest. */
  fresh: readonly string[];
  /** Somebody took notice: gravest first, then the newest. */
  handled: readonly string[];
}

export const emptyOrder: QueueOrder = { fresh: [], handled: [] };

function isShown(incident: IncidentSummary): boolean {
  return incident.merged_into === '' && incident.state !== 'false_alarm' && incident.state !== 'closed';
}

/** The order in which incidents ought to stand now. */
export function settledOrder(incidents: Iterable<IncidentSummary>): QueueOrder {
  const shown = [...incidents].filter(isShown);
  const byGravity = (one: IncidentSummary, other: IncidentSummary): number => other.gravity - one.gravity;
  const opened = (incident: IncidentSummary): number => Date.parse(incident.opened);
  const fresh = shown
    .filter((incident) => incident.state === 'new')
    .sort((one, other) => byGravity(one, other) || opened(one) - opened(other));
  const handled = shown
    .filter((incident) => incident.state !== 'new')
    .sort((one, other) => byGravity(one, other) || opened(other) - opened(one));
  return { fresh: fresh.map(({ id }) => id), handled: handled.map(({ id }) => id) };
}

/** How many wait to be inserted: in the order that ought to be, but not in the one that is shown. */
export function arrivals(shown: QueueOrder, ought: QueueOrder): number {
  const known = new Set([...shown.fresh, ...shown.handled]);
  return ought.fresh.filter((id) => !known.has(id)).length;
}

export function sameOrder(one: QueueOrder, other: QueueOrder): boolean {
  const same = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === b.length && a.every((id, index) => id === b[index]);
  return same(one.fresh, other.fresh) && same(one.handled, other.handled);
}

/** The neighbour of the selected one in the order shown; the first when nothing is selected. */
export function neighbourOf(order: QueueOrder, id: string | null, step: 1 | -1): string | null {
  const all = [...order.fresh, ...order.handled];
  if (all.length === 0) return null;
  const index = id === null ? -1 : all.indexOf(id);
  if (index < 0) return all[step === 1 ? 0 : all.length - 1] ?? null;
  return all[Math.min(all.length - 1, Math.max(0, index + step))] ?? null;
}

/** What to look at after a decision: the next new one below, else the first new one, else the next in hand. */
export function nextAfterDecision(order: QueueOrder, id: string): string | null {
  const index = order.fresh.indexOf(id);
  const rest = order.fresh.filter((each) => each !== id);
  if (rest.length > 0) return rest[Math.max(0, index) % rest.length] ?? null;
  const handled = order.handled.filter((each) => each !== id);
  return handled[Math.max(0, order.handled.indexOf(id)) % Math.max(1, handled.length)] ?? null;
}
