import { useState, type FormEvent, type KeyboardEvent } from 'react';

import { common } from '@/shared/i18n';
import { Button, Dialog, TextArea } from '@/shared/ui';

import styles from './Dialogs.module.css';

interface TextDialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  label: string;
  hint: string;
  onSubmit: (text: string) => Promise<boolean>;
}

function Form({ label, hint, onClose, onSubmit }: Omit<TextDialogProps, 'isOpen' | 'title'>) {
  const words = common.useText();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (text.trim() === '' || isBusy) return;
    setBusy(true);
    const isDone = await onSubmit(text.trim());
    setBusy(false);
    if (isDone) onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea
        label={label}
        hint={hint}
        value={text}
        maxLength={1000}
        autoFocus
        onKeyDown={onKeyDown}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" look="primary" keyName="Enter" isBusy={isBusy} disabled={text.trim() === ''}>
        {words('action.save')}
      </Button>
    </form>
  );
}

/** Asks for one text: a note, what to report. Enter sends, Shift and Enter begins a line. */
export function TextDialog({ isOpen, title, ...form }: TextDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={form.onClose} title={title}>
      <Form {...form} />
    </Dialog>
  );
}
