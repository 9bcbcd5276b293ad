import { Link } from 'react-router-dom';

import { MiniMap } from '@/features/map/MiniMap';
import type { Incident } from '@/shared/api';

import styles from './Context.module.css';
import { Facts } from './Facts';
import { HistoryList } from './HistoryList';
import { mostNeighbours, useNeighbours } from './NeighbourStrip';
import { SuggestionCard } from './SuggestionCard';
import { queueTexts } from './texts';

interface ContextColumnProps {
  incident: Incident;
  /** A camera of the map was chosen: its live picture is wanted. */
  onCamera: (camera: string) => void;
}

/** Everything else about the incident: where, the figures, a suggestion, the history. */
export function ContextColumn({ incident, onCamera }: ContextColumnProps) {
  const t = queueTexts.useText();
  const neighbours = useNeighbours(incident.id).data?.neighbours.slice(0, mostNeighbours) ?? [];
  return (
    <aside className={styles.column} aria-label={t('context')}>
      <section className={styles.section}>
        <h2 className={styles.title}>
          {t('where')}
          <Link to={`/map?camera=${encodeURIComponent(incident.camera)}`}>{t('openMap')}</Link>
        </h2>
        <MiniMap
          camera={incident.camera}
          neighbours={neighbours}
          gravity={incident.gravity}
          onCamera={onCamera}
        />
      </section>
      <section className={styles.section}>
        <h2 className={styles.title}>{t('facts')}</h2>
        <Facts incident={incident} />
      </section>
      <SuggestionCard incident={incident.id} />
      <section className={styles.section}>
        <h2 className={styles.title}>{t('history')}</h2>
        <HistoryList incident={incident} />
      </section>
    </aside>
  );
}
