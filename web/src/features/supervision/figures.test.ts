import { describe, expect, it } from 'vitest';

import { wholeHours, barsOf, heatStep, heatTable, loadLevel, perTenMinutes, sharesOf } from './figures';

describe('figures of the shift', () => {
  it('judges a load by one and ten in ten minutes', () => {
    expect([1, 2, 10, 11].map(loadLevel)).toEqual(['calm', 'busy', 'busy', 'over']);
  });

  it('spreads incidents over time and people', () => {
    expect(perTenMinutes(48, 28_800, 2)).toBeCloseTo(0.5);
    expect(perTenMinutes(6, 3600, 0)).toBe(1);
  });

  it('puts five gravities into three classes', () => {
    expect(sharesOf([6, 2, 1, 1, 0])).toEqual({ low: 0.8, middle: 0.1, high: 0.1 });
    expect(sharesOf([]).low).toBe(0);
  });

  it('draws hours up to two days, and days beyond', () => {
    const from = new Date(2026, 0, 5).getTime();
    const row = (index: number) => ({
      hour: new Date(from + index * 3_600_000).toISOString(),
      opened: 2,
      by_gravity: [1, 0, 1, 0, 0],
    });
    const rows = (count: number) => Array.from({ length: count }, (_, index) => row(index));
    expect(barsOf(rows(48))).toMatchObject({ isDaily: false });
    const { bars, isDaily } = barsOf(rows(72));
    expect(isDaily).toBe(true);
    expect(bars.map((bar) => bar.opened)).toEqual([48, 48, 48]);
    expect(bars[0]?.by_gravity).toEqual([24, 0, 24, 0, 0]);
  });

  it('keeps hours in which nothing happened', () => {
    const row = { hour: '2026-01-05T02:00:00.000Z', opened: 3, by_gravity: [3, 0, 0, 0, 0] };
    const hours = wholeHours([row], '2026-01-05T00:20:00Z', '2026-01-05T03:10:00Z');
    expect(hours.map((each) => each.opened)).toEqual([0, 0, 3, 0]);
  });

  it('sorts cameras by their worst hour and keeps holes', () => {
    const row = (camera: string, hour: string, seconds: number) => ({
      camera,
      hour,
      longest_unwatched_s: seconds,
      looks: 1,
    });
    const table = heatTable([row('a', '02', 5), row('b', '01', 90), row('b', '02', 3)], 10);
    expect(table.hours).toEqual(['01', '02']);
    expect(table.cameras.map(({ camera }) => camera)).toEqual(['b', 'a']);
    expect(table.cameras[1]?.cells).toEqual([null, 5]);
  });

  it('darkens with time', () => {
    expect([0, 15, 60, 300, 4000].map(heatStep)).toEqual([0, 1, 2, 3, 4]);
  });
});
