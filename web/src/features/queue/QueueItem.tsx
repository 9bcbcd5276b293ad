import { memo } from 'react';

import type { IncidentSummary } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { kindWords, stateWords } from '@/shared/incidents';
import { useSession } from '@/shared/session/session';
import { formatSpan, useNow } from '@/shared/time/time';
import { classes, Gravity } from '@/shared/ui';

import styles from './QueueColumn.module.css';
import { queueTexts } from './texts';
import { whySentence } from './why';

interface QueueItemProps {
  incident: IncidentSummary;
  isSelected: boolean;
  onSelect: (id: string) => void;
}

export function snapshotAddress(id: string, isMarked = true): string {
  return `/api/v1/incidents/${encodeURIComponent(id)}/snapshot?marked=${isMarked}`;
}

function Owner({ incident }: { incident: IncidentSummary }) {
  const t = queueTexts.useText();
  const me = useSession((store) => store.session?.user);
  if (incident.state !== 'new' && incident.state !== 'acknowledged')
    return <em>{stateWords(incident.state)}</em>;
  if (incident.assignee === '') return null;
  return <em>{incident.assignee === me ? t('mine') : incident.assignee}</em>;
}

/** One incident in the queue: picture, gravity, what, why, where, since when. */
export const QueueItem = memo(function QueueItem({ incident, isSelected, onSelect }: QueueItemProps) {
  const t = queueTexts.useText();
  const nowMs = useNow();
  const name = useCameraName(incident.camera);
  return (
    <button
      type="button"
      role="option"
      aria-selected={isSelected}
      className={classes(styles.item, incident.state !== 'new' && styles.handled)}
      onClick={() => onSelect(incident.id)}
    >
      {incident.snapshot === '' ? (
        <span className={styles.thumb} />
      ) : (
        <img
          className={styles.thumb}
          src={snapshotAddress(incident.id)}
          alt=""
          loading="lazy"
          decoding="async"
        />
      )}
      {incident.is_reviewed !== true && incident.state === 'new' && (
        <span className={styles.unread} role="img" aria-label={t('unread')} />
      )}
      <span className={styles.top}>
        <Gravity value={incident.gravity} />
        <span className={styles.kind}>{kindWords(incident.kind)}</span>
        <time className={styles.age} dateTime={incident.opened}>
          {formatSpan(nowMs - Date.parse(incident.opened))}
        </time>
      </span>
      <span className={styles.why}>{whySentence(incident, nowMs)}</span>
      <span className={styles.where}>
        <span>{name}</span>
        <Owner incident={incident} />
      </span>
    </button>
  );
});
