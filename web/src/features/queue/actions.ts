import type { IncidentAction, IncidentState } from '@/shared/api';

export type Verb = IncidentAction['action'];

/** Which verbs lead on from a state; the server decides again (domain/incident_action.cpp). */
const allowed: Record<IncidentState, readonly Verb[]> = {
  new: ['acknowledge', 'confirm', 'false_alarm', 'dispatch', 'escalate', 'assign', 'release'],
  acknowledged: ['confirm', 'false_alarm', 'dispatch', 'escalate', 'assign', 'release'],
  confirmed: ['false_alarm', 'dispatch', 'escalate', 'close', 'assign', 'release'],
  dispatched: ['false_alarm', 'escalate', 'close', 'assign', 'release'],
  false_alarm: ['confirm', 'close', 'reopen'],
  closed: ['reopen'],
};

export function mayDo(state: IncidentState, verb: Verb): boolean {
  return allowed[state].includes(verb);
}

/** After these one has decided and goes on to the next incident. */
export const decisions: readonly Verb[] = ['false_alarm', 'confirm', 'dispatch', 'close'];

/** The reasons in the order of their keys. */
export const reasons = [
  'nothing_there',
  'animal',
  'vegetation',
  'light',
  'reflection',
  'weather',
  'known_person',
  'staff',
  'wrong_zone',
  'camera_fault',
  'other',
] as const;
export type Reason = (typeof reasons)[number];

export function reasonKey(reason: Reason): string {
  const place = reasons.indexOf(reason);
  if (place < 9) return String(place + 1);
  return place === 9 ? '0' : 'O';
}
