import type { Schemas } from '@/shared/api';

import { freeId, type Corners } from './geometry';
import type { RuleForm, RuleSet, ZoneForm } from './draft';

export type Behaviour = Schemas['BehaviourSchema'];
export type Field = Schemas['Field'];

/** The settings that matter most come first and stay in sight; the rest is folded away. */
const foremost = [
  'dwell',
  'count',
  'density',
  'direction',
  'min_presence',
  'hold',
  'after',
  'classes',
  'from',
];

export function splitFields(fields: readonly Field[]): { first: Field[]; rest: Field[] } {
  const first = foremost.flatMap((name) => fields.filter((field) => field.name === name)).slice(0, 4);
  return { first, rest: fields.filter((field) => !first.includes(field)) };
}

const secondsPer: Record<string, number> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/** "8s", "2m" or 8 as seconds. */
export function secondsOfValue(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const parts = typeof value === 'string' ? /^([\d.]+)\s*([a-z]*)$/.exec(value.trim()) : null;
  if (!parts) return null;
  const factor = secondsPer[parts[2] === '' ? 's' : (parts[2] ?? '')];
  return factor === undefined ? null : Number(parts[1]) * factor;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A setting; what equals the default is not stored. */
export function withSetting(rule: RuleForm, field: Field, value: unknown): RuleForm {
  const isDefault = value === undefined || value === null || isSame(value, field.default);
  if (!isDefault) return { ...rule, [field.name]: value };
  const rest = Object.entries(rule).filter(([name]) => name !== field.name);
  return Object.fromEntries(rest) as RuleForm;
}

export type FieldFault = 'number' | 'whole' | 'range' | 'needed';

/** Why a value would be refused. */
export function fieldFault(field: Field, value: unknown): FieldFault | null {
  const given = value ?? field.default;
  if (given === null || given === undefined || given === '') return field.is_required ? 'needed' : null;
  if (!['integer', 'number', 'seconds'].includes(field.type)) return null;
  const number = field.type === 'seconds' ? secondsOfValue(given) : given;
  if (typeof number !== 'number' || !Number.isFinite(number)) return 'number';
  if (field.type === 'integer' && !Number.isInteger(number)) return 'whole';
  const isOut = (field.min !== null && number < field.min) || (field.max !== null && number > field.max);
  return isOut ? 'range' : null;
}

export function fitsScope(scope: Behaviour['scope'], corners: Corners): boolean {
  if (scope === 'line') return corners.length === 2;
  return scope === 'area' && corners.length > 2;
}

/** A new rule on the chosen zone, or on the first that fits. */
export function newRule(set: RuleSet, behaviour: Behaviour, chosen: ZoneForm | undefined): RuleForm {
  const fitting = set.zones.filter((zone) => fitsScope(behaviour.scope, zone.points));
  const zone = fitting.find((each) => each === chosen) ?? fitting[0];
  const rule: RuleForm = {
    id: freeId(
      behaviour.name.replaceAll('_', '-'),
      set.rules.map((each) => each.id ?? each.behaviour),
    ),
    behaviour: behaviour.name,
    gravity: 3,
    zones: zone ? [zone.id] : [],
    schedule: [],
  };
  // Crowding is nothing without a number of people.
  return behaviour.name === 'crowding' ? { ...rule, count: 10 } : rule;
}

/** Whether the server could take this rule: values in range, a zone where one is needed. */
export function isRuleReady(
  rule: RuleForm,
  behaviour: Behaviour | undefined,
  zones: readonly ZoneForm[],
): boolean {
  if (!behaviour) return true;
  const isPlaced =
    behaviour.scope !== 'line' ||
    (rule.zones ?? []).some((id) => zones.find((zone) => zone.id === id)?.points.length === 2);
  return isPlaced && behaviour.fields.every((field) => fieldFault(field, rule[field.name]) === null);
}
