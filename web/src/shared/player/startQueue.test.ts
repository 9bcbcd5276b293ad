import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { StartQueue } from './startQueue';

describe('live pictures that start', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('begin a few at a time, in order', () => {
    const queue = new StartQueue(2, 1000);
    const begun: number[] = [];
    const turns = [0, 1, 2, 3].map((index) => queue.take(() => begun.push(index)));
    expect(begun).toEqual([0, 1]);
    expect(turns.map((turn) => turn.hasBegun)).toEqual([true, true, false, false]);
    turns[1]?.done();
    turns[1]?.done();
    expect(begun).toEqual([0, 1, 2]);
    turns[0]?.done();
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('hold nobody up when no picture comes', () => {
    const queue = new StartQueue(1, 1000);
    const begun: string[] = [];
    queue.take(() => begun.push('dead'));
    queue.take(() => begun.push('alive'));
    vi.advanceTimersByTime(999);
    expect(begun).toEqual(['dead']);
    vi.advanceTimersByTime(1);
    expect(begun).toEqual(['dead', 'alive']);
  });

  it('never begin after they were given up', () => {
    const queue = new StartQueue(1, 1000);
    const begun: string[] = [];
    const first = queue.take(() => begun.push('first'));
    queue.take(() => begun.push('gone')).done();
    queue.take(() => begun.push('last'));
    first.done();
    expect(begun).toEqual(['first', 'last']);
  });
});
