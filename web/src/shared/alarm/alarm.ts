import type { IncidentSummary } from '@/shared/api/model';

/** Incidents from this gravity on make a sound or flash; lower ones are silent. */
export const loudFrom = 4;

/** Whether a change is news that somebody must hear of: a new grave incident, or one that became grave. */
export function isAlarm(incident: IncidentSummary, before: IncidentSummary | undefined): boolean {
  if (incident.state !== 'new' || incident.gravity < loudFrom) return false;
  return before === undefined || before.gravity < incident.gravity;
}

/** The gravest of those that nobody has acknowledged; null when none of them is loud. */
export function loudest(incidents: Iterable<IncidentSummary>): number | null {
  let gravest = 0;
  for (const incident of incidents) {
    if (incident.state === 'new' && incident.merged_into === '')
      gravest = Math.max(gravest, incident.gravity);
  }
  return gravest >= loudFrom ? gravest : null;
}
