import { useState } from 'react';

import type { Incident, IncidentSummary } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { isOpen as isIncidentOpen, kindWords, useIncidents } from '@/shared/incidents';
import { useKey } from '@/shared/keyboard';
import { formatTime } from '@/shared/time/time';
import { Button, Checkbox, Dialog, Empty, Gravity, KeyCap } from '@/shared/ui';

import styles from './Dialogs.module.css';
import { queueTexts } from './texts';

interface MergeDialogProps {
  incident: Incident;
  isOpen: boolean;
  onClose: () => void;
  onMerge: (ids: string[]) => void;
}

const mostOffered = 50;

interface RowProps {
  incident: IncidentSummary;
  /** The key that chooses it; beyond nine there is none. */
  keyName: string | null;
  onToggle: () => void;
}

function Row({ incident, keyName, onToggle }: RowProps) {
  const name = useCameraName(incident.camera);
  useKey('merge', keyName ?? '', onToggle, name, { when: keyName !== null });
  return (
    <span className={styles.mergeRow}>
      {keyName !== null && <KeyCap name={keyName} />}
      <Gravity value={incident.gravity} />
      <span>{kindWords(incident.kind)}</span>
      <span>
        {name} · {formatTime(incident.started)}
      </span>
    </span>
  );
}

function Choices({ incident, onMerge }: Pick<MergeDialogProps, 'incident' | 'onMerge'>) {
  const t = queueTexts.useText();
  const incidents = useIncidents((store) => store.incidents);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const started = Date.parse(incident.started);
  const distance = (each: IncidentSummary): number => Math.abs(Date.parse(each.started) - started);
  const offered = [...incidents.values()]
    .filter((each) => each.id !== incident.id && isIncidentOpen(each))
    .sort((one, other) => distance(one) - distance(other))
    .slice(0, mostOffered);
  useKey('merge', 'Enter', () => onMerge([...chosen]), t('mergeSubmit', { n: chosen.size }), {
    when: chosen.size > 0,
  });
  if (offered.length === 0) return <Empty title={t('mergeNone')} />;
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <>
      <div className={styles.list}>
        {offered.map((each, index) => (
          <Checkbox
            key={each.id}
            checked={chosen.has(each.id)}
            onChange={() => toggle(each.id)}
            label={
              <Row
                incident={each}
                keyName={index < 9 ? String(index + 1) : null}
                onToggle={() => toggle(each.id)}
              />
            }
          />
        ))}
      </div>
      <Button
        look="primary"
        isWide
        keyName="Enter"
        disabled={chosen.size === 0}
        onClick={() => onMerge([...chosen])}
      >
        {t('mergeSubmit', { n: chosen.size })}
      </Button>
    </>
  );
}

/** Other open incidents, nearest in time first, to become part of this one. */
export function MergeDialog({ incident, isOpen, onClose, onMerge }: MergeDialogProps) {
  const t = queueTexts.useText();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('mergeTitle')}
      description={t('mergeText')}
      scope="merge"
      width={34}
    >
      <Choices incident={incident} onMerge={onMerge} />
    </Dialog>
  );
}
