import { describe, expect, it } from 'vitest';

import type { IncidentState, IncidentSummary } from '@/shared/api';

import { arrivals, neighbourOf, nextAfterDecision, settledOrder, type QueueOrder } from './queueOrder';

function incident(
  id: string,
  gravity: number,
  minute: number,
  state: IncidentState = 'new',
): IncidentSummary {
  const opened = new Date(Date.UTC(2026, 10, 21, 4, minute)).toISOString();
  return { id, gravity, state, opened, started: opened, merged_into: '' } as IncidentSummary;
}

describe('the queue', () => {
  it('puts new incidents first, gravest on top, the longest waiting before the newest', () => {
    const order = settledOrder([
      incident('late', 4, 30),
      incident('early', 4, 10),
      incident('grave', 5, 40),
      incident('taken', 5, 1, 'acknowledged'),
      incident('small', 1, 2),
    ]);
    expect(order).toEqual({ fresh: ['grave', 'early', 'late', 'small'], handled: ['taken'] });
  });

  it('leaves out what is judged false, closed or part of another', () => {
    const merged = { ...incident('part', 3, 1), merged_into: 'whole' };
    const order = settledOrder([
      merged,
      incident('no', 3, 1, 'false_alarm'),
      incident('over', 3, 1, 'closed'),
    ]);
    expect(order).toEqual({ fresh: [], handled: [] });
  });

  it('counts what waits to be inserted', () => {
    const shown: QueueOrder = { fresh: ['a'], handled: ['b'] };
    expect(arrivals(shown, { fresh: ['c', 'a', 'd'], handled: ['b'] })).toBe(2);
  });

  it('goes down and up without leaving the list', () => {
    const order: QueueOrder = { fresh: ['a', 'b'], handled: ['c'] };
    expect(neighbourOf(order, null, 1)).toBe('a');
    expect(neighbourOf(order, 'b', 1)).toBe('c');
    expect(neighbourOf(order, 'c', 1)).toBe('c');
    expect(neighbourOf(order, 'a', -1)).toBe('a');
    expect(neighbourOf({ fresh: [], handled: [] }, null, 1)).toBeNull();
  });

  it('goes on to the next new one after a decision, around the end, then to those in hand', () => {
    const order: QueueOrder = { fresh: ['a', 'b', 'c'], handled: ['d'] };
    expect(nextAfterDecision(order, 'a')).toBe('b');
    expect(nextAfterDecision(order, 'c')).toBe('a');
    expect(nextAfterDecision({ fresh: ['a'], handled: ['d'] }, 'a')).toBe('d');
    expect(nextAfterDecision({ fresh: [], handled: ['d'] }, 'd')).toBeNull();
  });
});
