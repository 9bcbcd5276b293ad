import { describe, expect, it } from 'vitest';

import { readFilters, toQuery, writeFilters } from './filters';

describe('filters', () => {
  it('come back from the address as they were written', () => {
    const search = new URLSearchParams('state=closed&min_gravity=4&q=%EA%B0%9C&unreviewed=true');
    const filters = readFilters(search);
    expect(new URLSearchParams(writeFilters(filters)).toString()).toBe(search.toString());
  });

  it('leave nothing in the address and in the query when there are none', () => {
    const filters = readFilters(new URLSearchParams());
    expect(writeFilters(filters)).toEqual({});
    expect(Object.values(toQuery(filters)).every((value) => value === undefined)).toBe(true);
  });

  it('do not send a time that is not whole', () => {
    const query = toQuery(readFilters(new URLSearchParams('from=2026-11-')));
    expect(query.from).toBeUndefined();
  });

  it('name the cameras that a typed name stands for', () => {
    const filters = readFilters(new URLSearchParams('camera=광장'));
    expect(toQuery(filters, ['plaza', 'station']).camera).toEqual(['plaza', 'station']);
  });
});
