import type { IncidentSummary } from '@/shared/api';
import { zoneName } from '@/shared/cameras/names';
import { kindWords, remarks } from '@/shared/incidents';
import { formatSpan } from '@/shared/time/time';

import { queueTexts } from './texts';

function who(incident: IncidentSummary): string {
  const { t } = queueTexts;
  const counted = Number(remarks(incident.detail).get('count') ?? 0);
  const people = Math.max(incident.people, counted);
  if (people === 1) return t('person');
  return people > 1 ? t('people', { n: people }) : t('someone');
}

/** One short sentence that says why the incident is here: "구역 안으로 사람 1명, 12초째". */
export function whySentence(incident: IncidentSummary, nowMs: number): string {
  const { t } = queueTexts;
  const until = incident.ended === null ? nowMs : Date.parse(incident.ended);
  const values = {
    who: who(incident),
    zone: incident.zones[0] === undefined ? t('theArea') : zoneName(incident.camera, incident.zones[0]),
    span: formatSpan(until - Date.parse(incident.started)),
    kind: kindWords(incident.kind),
  };
  const key = `why.${incident.kind}`;
  if (queueTexts.has(key)) return t(key, values);
  return t(incident.ended === null ? 'why.other' : 'why.otherEnded', values);
}
