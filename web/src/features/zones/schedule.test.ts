import { describe, expect, it } from 'vitest';

import { emptyWeek, setHours, spansOf, weekOf } from './schedule';

describe('the week of a rule', () => {
  it('says nothing when it is always', () => {
    expect(spansOf(emptyWeek(true))).toEqual([]);
    expect(weekOf([])).toEqual(emptyWeek(true));
  });

  it('writes a night as one span over midnight', () => {
    const week = weekOf(['daily 22:00-06:00']);
    expect(week?.[0]?.[23]).toBe(true);
    expect(week?.[0]?.[5]).toBe(true);
    expect(week?.[0]?.[6]).toBe(false);
    expect(week && spansOf(week)).toEqual(['daily 22:00-06:00']);
  });

  it('begins the night of a weekday on that day only', () => {
    const week = weekOf(['mon-fri 22:00-06:00']);
    expect(week?.[0]?.[2]).toBe(false);
    expect(week?.[5]?.[2]).toBe(true);
    expect(week && spansOf(week)).toEqual(['mon-fri 22:00-06:00']);
  });

  it.each([
    [['sat,sun 00:00-24:00']],
    [['mon,wed 08:00-12:00', 'mon-fri 13:00-18:00']],
    [['fri-sun 20:00-04:00', 'tue 09:00-10:00']],
  ])('comes back the same after %j', (spans) => {
    const week = weekOf(spans);
    expect(week).not.toBeNull();
    expect(week && weekOf(spansOf(week))).toEqual(week);
  });

  it('leaves spans with minutes to their text', () => {
    expect(weekOf(['daily 08:30-17:00'])).toBeNull();
    expect(weekOf(['nonsense'])).toBeNull();
  });

  it('paints a rectangle in any direction', () => {
    const week = setHours(emptyWeek(), [4, 10], [0, 8], true);
    expect(spansOf(week)).toEqual(['mon-fri 08:00-11:00']);
  });
});
