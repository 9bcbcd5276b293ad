import { describe, expect, it } from 'vitest';

import type { IncidentSummary } from '@/shared/api/model';

import { isAlarm, loudest } from './alarm';

function incident(gravity: number, state: IncidentSummary['state'] = 'new'): IncidentSummary {
  return { gravity, state, merged_into: '' } as IncidentSummary;
}

describe('an alarm', () => {
  it('is a new incident of gravity 4 or 5, not a lower one', () => {
    expect(isAlarm(incident(4), undefined)).toBe(true);
    expect(isAlarm(incident(3), undefined)).toBe(false);
  });

  it('is one that became graver, but not each of its changes', () => {
    expect(isAlarm(incident(5), incident(3))).toBe(true);
    expect(isAlarm(incident(4), incident(4))).toBe(false);
  });

  it('is none once somebody acknowledged it', () => {
    expect(isAlarm(incident(5, 'acknowledged'), undefined)).toBe(false);
    expect(loudest([incident(5, 'acknowledged'), incident(3)])).toBeNull();
    expect(loudest([incident(4), incident(5)])).toBe(5);
  });
});
