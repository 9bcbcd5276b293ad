import { Hand, HandHelping, Merge, NotebookPen, UserRoundPlus } from 'lucide-react';
import { useState } from 'react';

import type { Incident } from '@/shared/api';
import { markReviewed } from '@/shared/incidents';
import { useKey } from '@/shared/keyboard';
import { useRight, useSession } from '@/shared/session/session';
import { Button, IconButton, toast } from '@/shared/ui';

import type { Verb } from './actions';
import { AssignDialog } from './AssignDialog';
import styles from './Focus.module.css';
import { MergeDialog } from './MergeDialog';
import { ReasonDialog } from './ReasonDialog';
import { TextDialog } from './TextDialog';
import { queueTexts } from './texts';
import type { IncidentActions } from './useIncidentActions';

type Open = 'reason' | 'note' | 'escalate' | 'assign' | 'merge' | null;

interface ActionBarProps {
  incident: Incident;
  actions: IncidentActions;
  onAcknowledged: () => void;
}

interface Step {
  verb: Verb;
  key: string;
  run: () => void;
  /** Opens a dialog, which need not wait for a step that is under way: no key of a quick hand is lost. */
  isDialog?: true;
}

function StepButton({ step, isMain, actions }: { step: Step; isMain: boolean; actions: IncidentActions }) {
  const t = queueTexts.useText();
  const may = actions.may(step.verb);
  const label = t(`actions.${step.verb}` as 'actions.confirm');
  const waits = actions.isBusy && !step.isDialog;
  useKey('control', step.key, step.run, label, { when: may && !waits });
  return (
    <Button
      look={isMain ? 'primary' : 'plain'}
      keyName={step.key}
      disabled={!may}
      onClick={() => !waits && step.run()}
    >
      {label}
    </Button>
  );
}

/** Giving work to others needs the right to do so, and to see who is on shift. */
function useMayAssign(): boolean {
  const mayAssign = useRight('assign_incidents');
  return useRight('view_supervision') && mayAssign;
}

/** What to do about the incident: every step has a key; two keys for look, decide, next. */
export function ActionBar({ incident, actions, onAcknowledged }: ActionBarProps) {
  const t = queueTexts.useText();
  const me = useSession((store) => store.session?.user ?? '');
  const mayMerge = useRight('merge_incidents');
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  const isMine = incident.assignee === me;
  const take = (): void => void (isMine ? actions.act('release') : actions.act('assign', { assignee: me }));
  const mayTake = actions.may('assign');
  const canAssign = useMayAssign() && mayTake;
  const canMerge = mayMerge && actions.may('escalate');
  useKey('control', 'N', () => setOpen('note'), t('actions.note'));
  useKey('control', 'S', take, t(isMine ? 'actions.release' : 'actions.take'), { when: mayTake });
  useKey('control', 'G', () => setOpen('assign'), t('actions.assign'), { when: canAssign });
  useKey('control', 'M', () => setOpen('merge'), t('actions.merge'), { when: canMerge });

  const acknowledge = async (): Promise<void> => {
    markReviewed(incident.id);
    if (await actions.act('acknowledge')) onAcknowledged();
  };
  const isNew = incident.state === 'new';
  const isSettled = incident.state === 'false_alarm' || incident.state === 'closed';
  const first: Step = isSettled
    ? { verb: 'reopen', key: 'A', run: () => void actions.act('reopen') }
    : { verb: 'acknowledge', key: 'A', run: () => void acknowledge() };
  const steps: Step[] = [
    first,
    { verb: 'false_alarm', key: 'F', run: () => setOpen('reason'), isDialog: true },
    { verb: 'confirm', key: 'C', run: () => void actions.act('confirm') },
    { verb: 'dispatch', key: 'D', run: () => void actions.act('dispatch') },
    { verb: 'escalate', key: 'E', run: () => setOpen('escalate'), isDialog: true },
    { verb: 'close', key: 'X', run: () => void actions.act('close') },
  ];
  return (
    <div
      className={styles.actions}
      role="toolbar"
      aria-label={t('actions.label')}
      data-incident={incident.id}
    >
      {steps.map((step) => (
        <StepButton key={step.key} step={step} isMain={step === first && isNew} actions={actions} />
      ))}
      <span className={styles.minor}>
        <IconButton
          label={t('actions.note')}
          keyName="N"
          icon={<NotebookPen />}
          onClick={() => setOpen('note')}
        />
        <IconButton
          label={t(isMine ? 'actions.release' : 'actions.take')}
          keyName="S"
          icon={isMine ? <Hand /> : <HandHelping />}
          aria-pressed={isMine}
          disabled={!mayTake}
          onClick={take}
        />
        {canAssign && (
          <IconButton
            label={t('actions.assign')}
            keyName="G"
            icon={<UserRoundPlus />}
            onClick={() => setOpen('assign')}
          />
        )}
        {mayMerge && (
          <IconButton
            label={t('actions.merge')}
            keyName="M"
            icon={<Merge />}
            disabled={!canMerge}
            onClick={() => setOpen('merge')}
          />
        )}
      </span>
      <ReasonDialog
        isOpen={open === 'reason'}
        onClose={close}
        onChoose={(reason, text) => {
          close();
          markReviewed(incident.id);
          void actions.act('false_alarm', text === undefined ? { reason } : { reason, text });
        }}
      />
      <TextDialog
        isOpen={open === 'note'}
        onClose={close}
        title={t('noteTitle')}
        label={t('noteLabel')}
        hint={t('noteHint')}
        onSubmit={actions.note}
      />
      <TextDialog
        isOpen={open === 'escalate'}
        onClose={close}
        title={t('escalateTitle')}
        label={t('escalateLabel')}
        hint={t('escalateHint')}
        onSubmit={(text) => actions.act('escalate', { text })}
      />
      <AssignDialog
        incident={incident}
        isOpen={open === 'assign'}
        onClose={close}
        onChoose={({ user, name }) => {
          close();
          void actions
            .act('assign', { assignee: user })
            .then((isDone) => isDone && toast(t('assign.done', { who: name })));
        }}
      />
      <MergeDialog
        incident={incident}
        isOpen={open === 'merge'}
        onClose={close}
        onMerge={(ids) => {
          close();
          void actions.merge(ids).then((isDone) => isDone && toast(t('merged', { n: ids.length })));
        }}
      />
    </div>
  );
}
