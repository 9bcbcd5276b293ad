import { describe, expect, it } from 'vitest';

import {
  blockOf,
  followView,
  longestView,
  panView,
  shortestView,
  ticksOf,
  timeAt,
  xOf,
  zoomView,
} from './timeScale';

const hour = 3_600_000;
const view = { from: 1_000_000_000_000, to: 1_000_000_000_000 + hour };

describe('the scale of the timeline', () => {
  it('turns a place into a time and back', () => {
    const moment = timeAt(view, 1200, 300);
    expect(moment).toBe(view.from + hour / 4);
    expect(xOf(view, 1200, moment)).toBe(300);
  });

  it('keeps the moment under the pointer in its place while zooming', () => {
    const anchor = view.from + hour / 3;
    const closer = zoomView(view, 0.5, anchor);
    expect(closer.to - closer.from).toBe(hour / 2);
    expect(xOf(closer, 900, anchor)).toBeCloseTo(300);
  });

  it('stops zooming at seconds and at a day', () => {
    const closest = zoomView(view, 1e-9, view.from);
    expect(closest.to - closest.from).toBe(shortestView);
    const widest = zoomView(view, 1e9, view.from);
    expect(widest.to - widest.from).toBe(longestView);
  });

  it('stays still while the moment is in sight and turns the page when it leaves', () => {
    expect(followView(view, view.from + hour / 2)).toBe(view);
    const turned = followView(view, view.to + 1000);
    expect(turned.from).toBeLessThan(view.to + 1000);
    expect(turned.to - turned.from).toBe(hour);
    expect(panView(view, 500)).toEqual({ from: view.from + 500, to: view.to + 500 });
  });

  it('labels round local times with room between them', () => {
    const zone = 9 * hour;
    const { step, moments } = ticksOf(view, 800, 90, zone);
    expect((step / hour) * 800).toBeGreaterThanOrEqual(90);
    for (const moment of moments) expect((moment + zone) % step).toBe(0);
    expect(moments[0]).toBeGreaterThanOrEqual(view.from);
    expect(moments.at(-1)).toBeLessThanOrEqual(view.to);
  });

  it('asks the server for blocks that hold the whole view and change rarely', () => {
    for (let shift = 0; shift < 4 * hour; shift += 77_777) {
      const moved = panView(view, shift);
      const block = blockOf(moved);
      expect(block.from).toBeLessThanOrEqual(moved.from);
      expect(block.to).toBeGreaterThanOrEqual(moved.to);
    }
    expect(blockOf(view)).toEqual(blockOf(panView(view, 1)));
  });
});
