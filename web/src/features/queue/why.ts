import type { IncidentSummary } from '@/shared/api';
import { zoneName } from '@/shared/cameras/names';
import { kindWords, remarks } from '@/shared/incidents';
import { formatSpan } from '@/shared/time/time';

import { whyTexts } from './whyTexts';

/** Kinds that are about people, also where none of them is followed. */
const ofPeople = new Set([
  'fall',
  'fight',
  'running',
  'panic',
  'person_on_road',
  'crowd_surge',
  'counter_flow',
]);

function who(incident: IncidentSummary): string {
  const { t } = whyTexts;
  const counted = Number(remarks(incident.detail).get('count') ?? 0);
  const people = Math.max(incident.people, counted);
  if (people === 1) return t('person');
  if (people > 1) return t('people', { n: people });
  return t(ofPeople.has(incident.kind) ? 'somebody' : 'someone');
}

/** One short sentence that says why the incident is here: "구역 안으로 사람 1명, 12초째". */
export function whySentence(incident: IncidentSummary, nowMs: number): string {
  const { t } = whyTexts;
  const until = incident.ended === null ? nowMs : Date.parse(incident.ended);
  const values = {
    who: who(incident),
    zone: incident.zones[0] === undefined ? t('theArea') : zoneName(incident.camera, incident.zones[0]),
    span: formatSpan(until - Date.parse(incident.started)),
    kind: kindWords(incident.kind),
  };
  const key = `why.${incident.kind}`;
  const told = [...(incident.ended === null ? [] : [`${key}_ended`]), key].find(whyTexts.has);
  if (told !== undefined && whyTexts.has(told)) return t(told, values);
  return t(incident.ended === null ? 'why.other' : 'why.otherEnded', values);
}
