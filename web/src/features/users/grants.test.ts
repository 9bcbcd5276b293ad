import { expect, it } from 'vitest';

import { hasDoubles, purposes, withPurpose } from './grants';

const grant = { role: 'operator', scope: '*', purposes: [] };

it('adds and takes a purpose', () => {
  const limited = withPurpose(grant, 'incident');
  expect(limited.purposes).toEqual(['incident']);
  expect(withPurpose(limited, 'incident').purposes).toEqual([]);
});

it('writes all purposes as none, which means any', () => {
  const almost = { ...grant, purposes: purposes.slice(1) as string[] };
  expect(withPurpose(almost, 'control').purposes).toEqual([]);
});

it('finds grants that say the same twice', () => {
  expect(hasDoubles([grant, { ...grant, purposes: ['training'] }])).toBe(true);
  expect(hasDoubles([grant, { ...grant, scope: 'org:parks' }])).toBe(false);
});
