import { BellRing } from 'lucide-react';
import { useEffect, useRef } from 'react';

import type { IncidentSummary } from '@/shared/api';
import { mostLoaded, useIncidents } from '@/shared/incidents';
import { Button, classes, ErrorState, Loading } from '@/shared/ui';

import styles from './QueueColumn.module.css';
import { QueueItem } from './QueueItem';
import { queueTexts } from './texts';
import type { Queue } from './useQueue';

interface QueueColumnProps {
  className: string | undefined;
  queue: Queue;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** New incidents above a line, those in hand below it. Nothing moves while the pointer is here. */
export function QueueColumn({ className, queue, selected, onSelect }: QueueColumnProps) {
  const t = queueTexts.useText();
  const { phase, error, incidents, isCut } = useIncidents();
  const { order, arrived, settle, touch, setHovered } = queue;
  const list = useRef<HTMLDivElement>(null);
  // Only when another one is chosen: an incident that changes its place does not take the list along.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const toItems = (ids: readonly string[]) =>
    ids
      .map((id) => incidents.get(id))
      .filter((incident): incident is IncidentSummary => incident !== undefined)
      .map((incident) => (
        <QueueItem
          key={incident.id}
          incident={incident}
          isSelected={incident.id === selected}
          onSelect={onSelect}
        />
      ));
  if (phase === 'failed') return <ErrorState title={t('failed')} error={error} />;
  return (
    <section
      className={classes(styles.column, className)}
      aria-label={t('queue')}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onPointerMove={touch}
      onWheel={touch}
    >
      {phase === 'loading' ? (
        <Loading rows={8} />
      ) : (
        <div ref={list} className={styles.list} role="listbox" aria-label={t('queue')} tabIndex={-1}>
          <h2 className={styles.section} role="presentation">
            {t('fresh')} <span>{order.fresh.length + arrived}</span>
          </h2>
          {order.fresh.length === 0 && arrived === 0 && <p className={styles.none}>{t('freshNone')}</p>}
          {toItems(order.fresh)}
          {order.handled.length > 0 && (
            <>
              <div className={styles.line} />
              <h2 className={styles.section} role="presentation">
                {t('handled')} <span>{order.handled.length}</span>
              </h2>
              {toItems(order.handled)}
            </>
          )}
          {isCut && <p className={styles.none}>{t('cut', { n: mostLoaded })}</p>}
        </div>
      )}
      {arrived > 0 && (
        <Button look="primary" icon={<BellRing />} keyName="U" className={styles.arrived} onClick={settle}>
          {t('arrived', { n: arrived })}
        </Button>
      )}
    </section>
  );
}
