import { ExternalLink, ScanEye } from 'lucide-react';
import { useNavigate } from 'react-router-dom';

import type { IncidentSummary } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { kindWords, stateWords } from '@/shared/incidents';
import { useKey } from '@/shared/keyboard';
import { formatDateTime } from '@/shared/time/time';
import { Button, Gravity } from '@/shared/ui';

import styles from './History.module.css';
import { historyTexts } from './texts';

/** The picture and the gist of the chosen row. */
export function Preview({ incident }: { incident: IncidentSummary }) {
  const t = historyTexts.useText();
  const navigate = useNavigate();
  const name = useCameraName(incident.camera);
  const open = (): void => navigate(`/control?incident=${encodeURIComponent(incident.id)}`);
  const replay = (): void => navigate(`/history/${encodeURIComponent(incident.id)}/replay`);
  useKey('history', 'O', open, t('open'));
  useKey('history', 'R', replay, t('replay'));
  return (
    <aside className={styles.preview} aria-label={t('preview')}>
      {incident.snapshot === '' ? (
        <div className={styles.picture} />
      ) : (
        <img
          className={styles.picture}
          src={`/api/v1/incidents/${encodeURIComponent(incident.id)}/snapshot?marked=true`}
          alt={`${name}, ${kindWords(incident.kind)}`}
        />
      )}
      <h2 className={styles.kind}>
        {kindWords(incident.kind)} <Gravity value={incident.gravity} hasWord />
      </h2>
      <p>{name}</p>
      <p className={styles.quiet}>{formatDateTime(Date.parse(incident.opened))}</p>
      <p className={styles.quiet}>
        {[stateWords(incident.state), incident.assignee].filter(Boolean).join(' · ')}
      </p>
      {incident.escalation > 0 && <p className={styles.quiet}>{t('escalated')}</p>}
      <Button icon={<ExternalLink />} keyName="O" onClick={open}>
        {t('open')}
      </Button>
      <Button icon={<ScanEye />} keyName="R" onClick={replay}>
        {t('replay')}
      </Button>
    </aside>
  );
}
