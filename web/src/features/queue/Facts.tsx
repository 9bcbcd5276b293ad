import type { Incident } from '@/shared/api';
import { useCamera, zoneName } from '@/shared/cameras/names';
import { common } from '@/shared/i18n';
import { formatSpan, formatTime, useNow } from '@/shared/time/time';

import styles from './Context.module.css';
import { queueTexts } from './texts';

function classWords(incident: Incident): string {
  const t = queueTexts.t;
  const tracks = new Set(incident.events.flatMap((event) => event.tracks));
  return tracks.size === 0 ? common.t('none') : t('trackCount', { n: tracks.size });
}

/** Who, what, when: the plain figures of the incident. */
export function Facts({ incident }: { incident: Incident }) {
  const t = queueTexts.useText();
  const nowMs = useNow();
  const place = useCamera(incident.camera)?.place;
  const started = Date.parse(incident.started);
  const ended = incident.ended === null ? null : Date.parse(incident.ended);
  const acknowledged = incident.acknowledged === null ? null : Date.parse(incident.acknowledged);
  const rows: [string, string | null][] = [
    [t('started'), formatTime(started)],
    [t('ended'), ended === null ? t('ongoing') : formatTime(ended)],
    [t('duration'), formatSpan((ended ?? nowMs) - started)],
    [t('place'), place?.site ?? null],
    [t('address'), place?.address ?? null],
    [
      t('zone'),
      incident.zones.length > 0
        ? incident.zones.map((zone) => zoneName(incident.camera, zone)).join(', ')
        : null,
    ],
    [t('rule'), incident.rule === '' ? null : incident.rule],
    [t('confidence'), incident.confidence > 0 ? `${Math.round(incident.confidence * 100)} %` : null],
    [t('tracks'), classWords(incident)],
    [t('assignee'), incident.assignee === '' ? t('nobody') : incident.assignee],
    [
      t('acknowledged'),
      acknowledged === null
        ? null
        : t('acknowledgedBy', {
            who: incident.acknowledged_by,
            span: formatSpan(acknowledged - Date.parse(incident.opened)),
          }),
    ],
  ];
  return (
    <dl className={styles.facts}>
      {rows
        .filter((row): row is [string, string] => row[1] !== null && row[1] !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
