import type { Incident, Schemas } from '@/shared/api';
import { useCamera, zoneName } from '@/shared/cameras/names';
import { kindWords } from '@/shared/incidents';
import { formatTime } from '@/shared/time/time';

import styles from './Context.module.css';
import { queueTexts } from './texts';

type Step = Schemas['IncidentStep'];

/** What the system wrote about an event, "intrusion in lawn (count=2)", in words. */
export function eventWords(camera: string, why: string): string {
  const [, kind, zone] = /^(\w+)(?: in (.+?))?(?: \(.*\))?$/.exec(why) ?? [];
  if (kind === undefined) return why;
  return zone === undefined ? kindWords(kind) : `${kindWords(kind)} · ${zoneName(camera, zone)}`;
}

function stepWords(camera: string, step: Step): string {
  const { t } = queueTexts;
  const [name = '', value = ''] = step.action.split(/:(.*)/s);
  const key = `step.${name === 'state' ? value : name}`;
  if (queueTexts.has(key)) return t(key, { value, why: eventWords(camera, step.why) });
  return t('step.other', { action: step.action.replaceAll('_', ' ') });
}

function Why({ camera, step }: { camera: string; step: Step }) {
  const t = queueTexts.useText();
  if (step.why === '' || step.action === 'event_joined') return null;
  if (step.who === 'system' && !step.action.includes(':'))
    return <p className={styles.reason}>{eventWords(camera, step.why)}</p>;
  // The system escalates for one reason only.
  if (step.who === 'system' && step.action.startsWith('escalated'))
    return <p className={styles.reason}>{t('unanswered')}</p>;
  if (step.action === 'note' || step.action.startsWith('escalated'))
    return <p className={styles.note}>{step.why}</p>;
  const [reason = '', text = ''] = step.why.split(/: (.*)/s);
  const words = queueTexts.has(`reason.${reason}`) ? t(`reason.${reason}` as 'reason.other') : step.why;
  return (
    <p className={styles.reason}>
      {words}
      {text !== '' && queueTexts.has(`reason.${reason}`) && ` · ${text}`}
    </p>
  );
}

/** What happened and who did what, newest first. */
export function HistoryList({ incident }: { incident: Incident }) {
  const t = queueTexts.useText();
  useCamera(incident.camera);
  return (
    <ol className={styles.steps}>
      {incident.steps
        .map((step, index) => ({ step, index }))
        .reverse()
        .map(({ step, index }) => (
          <li key={index} className={styles.step}>
            <time dateTime={step.time}>{formatTime(step.time)}</time>
            <p>
              {stepWords(incident.camera, step)}{' '}
              <span className={styles.who}>{step.who === 'system' ? t('system') : step.who}</span>
            </p>
            <Why camera={incident.camera} step={step} />
          </li>
        ))}
    </ol>
  );
}
