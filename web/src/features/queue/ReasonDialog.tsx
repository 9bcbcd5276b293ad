import { useState } from 'react';

import { common } from '@/shared/i18n';
import { useKey } from '@/shared/keyboard';
import { Button, Dialog, Input } from '@/shared/ui';

import { reasonKey, reasons, type Reason } from './actions';
import styles from './Dialogs.module.css';
import { queueTexts } from './texts';

interface ReasonDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onChoose: (reason: Reason, text?: string) => void;
}

function ReasonButton({ reason, onChoose }: { reason: Reason; onChoose: (reason: Reason) => void }) {
  const t = queueTexts.useText();
  const label = t(`reason.${reason}`);
  useKey('reason', reasonKey(reason), () => onChoose(reason), label);
  return (
    <Button className={styles.reason} keyName={reasonKey(reason)} onClick={() => onChoose(reason)}>
      {label}
    </Button>
  );
}

function Reasons({ onChoose }: Pick<ReasonDialogProps, 'onChoose'>) {
  const t = queueTexts.useText();
  const words = common.useText();
  const [isOther, setOther] = useState(false);
  const [text, setText] = useState('');
  if (isOther) {
    return (
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') onChoose('other', text.trim());
        }}
      >
        <Input
          label={t('falseAlarm.otherText')}
          value={text}
          maxLength={500}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={text.trim() === ''}>
          {words('action.save')}
        </Button>
      </form>
    );
  }
  return (
    <div className={styles.reasons}>
      {reasons.map((reason) => (
        <ReasonButton
          key={reason}
          reason={reason}
          onChoose={(chosen) => (chosen === 'other' ? setOther(true) : onChoose(chosen))}
        />
      ))}
    </div>
  );
}

/** The second key of a false alarm: why. */
export function ReasonDialog({ isOpen, onClose, onChoose }: ReasonDialogProps) {
  const t = queueTexts.useText();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('falseAlarm.title')}
      description={t('falseAlarm.why')}
      scope="reason"
      width={30}
    >
      <Reasons onChoose={onChoose} />
    </Dialog>
  );
}
