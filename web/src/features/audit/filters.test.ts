import { expect, it } from 'vitest';

import { any, readFilters, toQuery, writeFilters } from './filters';

it('keeps conditions in the address', () => {
  const search = new URLSearchParams('who=kim&outcome=denied');
  const filters = readFilters(search);
  expect(filters.action).toBe(any);
  expect(writeFilters(filters).toString()).toBe('who=kim&outcome=denied');
});

it('asks with times in UTC and leaves out what is not a time', () => {
  const filters = { ...readFilters(new URLSearchParams()), from: '2026-01-02T03:04', to: 'soon' };
  expect(toQuery(filters)).toEqual({ from: new Date('2026-01-02T03:04').toISOString() });
});
