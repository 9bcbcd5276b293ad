import type { Schemas } from '@/shared/api';

export type Grant = Schemas['Grant'];
export const purposes = ['control', 'incident', 'request', 'maintenance', 'training'] as const;
export type PurposeKind = (typeof purposes)[number];

/** Switches a purpose of a grant; all of them are the same as none, which means any. */
export function withPurpose(grant: Grant, purpose: PurposeKind): Grant {
  const held = grant.purposes ?? [];
  const next = purposes.filter((each) => (each === purpose) !== held.includes(each));
  return { ...grant, purposes: next.length === purposes.length ? [] : next };
}

export function isSameGrant(one: Grant, other: Grant): boolean {
  return one.role === other.role && one.scope === other.scope;
}

/** Whether two grants give the same role on the same scope: one of them is of no use. */
export function hasDoubles(grants: readonly Grant[]): boolean {
  return grants.some((grant, at) => grants.slice(at + 1).some((other) => isSameGrant(grant, other)));
}
