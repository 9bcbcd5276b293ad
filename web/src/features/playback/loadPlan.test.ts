import { describe, expect, it } from 'vitest';

import { evictions, nextLoad, usesKeysOnly, wantedAhead } from './loadPlan';
import { cutSpan, joinSpans, nextStart, previousEnd, SpanBook } from './spans';

const base = { now: 100_000, speed: 1, keysOnly: false, loaded: [], missing: [] };

describe('what is fetched next', () => {
  it('begins a jump with a short piece, so that the picture comes quickly', () => {
    expect(nextLoad(base)).toEqual({ from: 100_000, to: 103_000 });
  });

  it('goes on where the loaded part ends, in longer pieces', () => {
    const load = nextLoad({ ...base, loaded: [{ from: 98_000, to: 103_000 }] });
    expect(load).toEqual({ from: 103_000, to: 112_000 });
  });

  it('rests when enough is there', () => {
    expect(nextLoad({ ...base, loaded: [{ from: 98_000, to: 130_000 }] })).toBeNull();
  });

  it('does not ask again for what is not stored, but for what comes after it', () => {
    const missing = [{ from: 100_000, to: 108_000 }];
    expect(nextLoad({ ...base, missing })?.from).toBe(108_000);
    expect(nextLoad({ ...base, missing: [{ from: 99_000, to: 140_000 }] })).toBeNull();
  });

  it('fetches key pictures backwards, the nearest first', () => {
    const load = nextLoad({ ...base, speed: -2, keysOnly: true, loaded: [{ from: 95_000, to: 101_000 }] });
    expect(load?.to).toBe(95_000);
    expect(load?.from).toBeLessThan(95_000);
  });

  it('uses key pictures from speed four on and looks further ahead', () => {
    expect([0.25, 1, 2, 4, 16, -1].map(usesKeysOnly)).toEqual([false, false, false, true, true, true]);
    expect(wantedAhead(16, true)).toBeGreaterThan(wantedAhead(1, false));
  });

  it('forgets what is far behind and keeps a step back', () => {
    const gone = evictions({ ...base, now: 200_000, loaded: [{ from: 100_000, to: 210_000 }] });
    expect(gone).toEqual([{ from: 100_000, to: 180_000 }]);
    expect(evictions({ ...base, now: 110_000, loaded: [{ from: 100_000, to: 120_000 }] })).toEqual([]);
  });
});

describe('spans of time', () => {
  it('are joined, cut and searched', () => {
    const spans = joinSpans(
      [
        { from: 10, to: 20 },
        { from: 0, to: 5 },
        { from: 18, to: 30 },
      ],
      0,
    );
    expect(spans).toEqual([
      { from: 0, to: 5 },
      { from: 10, to: 30 },
    ]);
    expect(cutSpan(spans, { from: 12, to: 14 })).toEqual([
      { from: 0, to: 5 },
      { from: 10, to: 12 },
      { from: 14, to: 30 },
    ]);
    expect(nextStart(spans, 7)).toBe(10);
    expect(nextStart(spans, 40)).toBeNull();
    expect(previousEnd(spans, 7)).toBe(5);
  });

  it('newer answers replace older ones within their block only', () => {
    const book = new SpanBook(0);
    book.learn({ from: 0, to: 100 }, [{ from: 0, to: 40 }]);
    book.learn({ from: 50, to: 200 }, [{ from: 60, to: 300 }]);
    expect(book.spans()).toEqual([
      { from: 0, to: 40 },
      { from: 60, to: 200 },
    ]);
    expect(book.isKnown(45)).toBe(true);
    expect(book.isKnown(250)).toBe(false);
    expect(book.at(45)).toBeNull();
  });
});
