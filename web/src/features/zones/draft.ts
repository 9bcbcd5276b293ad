import type { Schemas } from '@/shared/api';

import type { Corners, Point } from './geometry';

export interface ZoneForm {
  id: string;
  name?: string;
  points: Corners;
}

export interface RuleForm {
  id?: string;
  behaviour: string;
  gravity?: number;
  zones?: string[];
  schedule?: string[];
  [setting: string]: unknown;
}

/** Zones, masks and rules of one camera, as the server stores them. */
export interface RuleSet {
  zones: ZoneForm[];
  masks: Corners[];
  private_masks: Corners[];
  rules: RuleForm[];
}

/** As the interface's schema names it, with lists that may be written to. */
export function bodyOf(set: RuleSet): Required<Schemas['RuleSet']> {
  const list = (corners: Corners): number[][] => corners.map((corner) => [...corner]);
  return {
    zones: set.zones.map((zone) => ({ ...zone, points: list(zone.points) })),
    masks: set.masks.map(list),
    private_masks: set.private_masks.map(list),
    rules: set.rules,
  };
}

export type ShapeKind = 'zones' | 'masks' | 'private_masks';

export interface ShapeRef {
  kind: ShapeKind;
  index: number;
}

export function isSameShape(a: ShapeRef | null, b: ShapeRef | null): boolean {
  return a !== null && b !== null && a.kind === b.kind && a.index === b.index;
}

export function cornersAt(set: RuleSet, { kind, index }: ShapeRef): Corners | undefined {
  return kind === 'zones' ? set.zones[index]?.points : set[kind][index];
}

export function withCorners(set: RuleSet, { kind, index }: ShapeRef, corners: Corners): RuleSet {
  if (kind === 'zones')
    return {
      ...set,
      zones: set.zones.map((zone, at) => (at === index ? { ...zone, points: corners } : zone)),
    };
  return { ...set, [kind]: set[kind].map((mask, at) => (at === index ? corners : mask)) };
}

export function withZone(set: RuleSet, zone: ZoneForm): RuleSet {
  return { ...set, zones: [...set.zones, zone] };
}

export function withMask(set: RuleSet, kind: 'masks' | 'private_masks', corners: Point[]): RuleSet {
  return { ...set, [kind]: [...set[kind], corners] };
}

/** Rules forget a zone that is removed; a rule that had no other goes with it, so that it never means the whole picture. */
export function withoutShape(set: RuleSet, { kind, index }: ShapeRef): RuleSet {
  if (kind !== 'zones') return { ...set, [kind]: set[kind].filter((_, at) => at !== index) };
  const gone = set.zones[index]?.id;
  const rules = set.rules.flatMap((rule) => {
    if (gone === undefined || !rule.zones?.includes(gone)) return [rule];
    const zones = rule.zones.filter((id) => id !== gone);
    return zones.length === 0 ? [] : [{ ...rule, zones }];
  });
  return { ...set, zones: set.zones.filter((_, at) => at !== index), rules };
}

export function withRule(set: RuleSet, index: number, rule: RuleForm): RuleSet {
  return { ...set, rules: set.rules.map((each, at) => (at === index ? rule : each)) };
}

/** The gravest rule that uses a zone; 0 for none. */
export function gravityOfZone(set: RuleSet, id: string): number {
  return Math.max(
    0,
    ...set.rules.filter((rule) => rule.zones?.includes(id)).map((rule) => rule.gravity ?? 3),
  );
}

/** What was, what is, and what was undone. */
export interface Trail<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
}

const mostSteps = 100;

export function startTrail<T>(present: T): Trail<T> {
  return { past: [], present, future: [] };
}

/** A new step; `isSameStep` puts it in place of the last one, for drags and typing. */
export function advance<T>(trail: Trail<T>, next: T, isSameStep: boolean): Trail<T> {
  if (isSameStep && trail.past.length > 0) return { ...trail, present: next, future: [] };
  return { past: [...trail.past, trail.present].slice(-mostSteps), present: next, future: [] };
}

export function undo<T>(trail: Trail<T>): Trail<T> {
  const before = trail.past.at(-1);
  if (before === undefined) return trail;
  return { past: trail.past.slice(0, -1), present: before, future: [trail.present, ...trail.future] };
}

export function redo<T>(trail: Trail<T>): Trail<T> {
  const [next, ...rest] = trail.future;
  if (next === undefined) return trail;
  return { past: [...trail.past, trail.present], present: next, future: rest };
}
