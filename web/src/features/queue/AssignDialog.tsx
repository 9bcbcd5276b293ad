import { useQuery } from '@tanstack/react-query';
import { UserRoundX } from 'lucide-react';

import { answer, api, type Incident, type Schemas } from '@/shared/api';
import { useKey } from '@/shared/keyboard';
import { useSession } from '@/shared/session/session';
import { Button, Dialog, Empty, ErrorState, KeyCap, Loading } from '@/shared/ui';

import styles from './Dialogs.module.css';
import { queueTexts } from './texts';

type Operator = Schemas['OperatorLoad'];

interface AssignDialogProps {
  incident: Incident;
  isOpen: boolean;
  onClose: () => void;
  onChoose: (operator: Operator) => void;
}

/** Those who may take one more: the fewest open incidents first, then the least that arrived. */
export function byLoad(operators: readonly Operator[]): Operator[] {
  return [...operators].sort(
    (one, other) =>
      one.open - other.open ||
      one.incidents_10min - other.incidents_10min ||
      one.name.localeCompare(other.name),
  );
}

interface RowProps {
  operator: Operator;
  /** The key that chooses this one; beyond nine there is none. */
  keyName: string | null;
  isAssigned: boolean;
  onChoose: () => void;
}

function Row({ operator, keyName, isAssigned, onChoose }: RowProps) {
  const t = queueTexts.useText();
  useKey('assign', keyName ?? '', onChoose, operator.name, { when: keyName !== null && !isAssigned });
  return (
    <Button isWide className={styles.operator} disabled={isAssigned} onClick={onChoose}>
      {keyName !== null && <KeyCap name={keyName} />}
      <span className={styles.who}>{operator.name}</span>
      <span className={styles.load}>
        {isAssigned
          ? t('assign.already')
          : t('assign.load', { open: operator.open, recent: operator.incidents_10min })}
      </span>
    </Button>
  );
}

function Operators({ incident, onChoose }: Pick<AssignDialogProps, 'incident' | 'onChoose'>) {
  const t = queueTexts.useText();
  const me = useSession((store) => store.session?.user);
  const figures = useQuery({
    queryKey: ['supervision', 'now'],
    queryFn: () => answer(api.GET('/api/v1/supervision/now')),
  });
  if (figures.isPending) return <Loading rows={3} />;
  if (figures.isError) {
    return (
      <ErrorState title={t('assign.failed')} error={figures.error} onRetry={() => void figures.refetch()} />
    );
  }
  const others = byLoad(figures.data.operators).filter((operator) => operator.user !== me);
  if (others.length === 0)
    return <Empty icon={<UserRoundX />} title={t('assign.none')} text={t('assign.noneText')} />;
  return (
    <div className={styles.list}>
      {others.map((operator, index) => (
        <Row
          key={operator.user}
          operator={operator}
          keyName={index < 9 ? String(index + 1) : null}
          isAssigned={operator.user === incident.assignee}
          onChoose={() => onChoose(operator)}
        />
      ))}
    </div>
  );
}

/** Who on shift gets the incident, the least busy first: one digit chooses. */
export function AssignDialog({ incident, isOpen, onClose, onChoose }: AssignDialogProps) {
  const t = queueTexts.useText();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('assign.title')}
      description={t('assign.text')}
      scope="assign"
      width={28}
    >
      <Operators incident={incident} onChoose={onChoose} />
    </Dialog>
  );
}
