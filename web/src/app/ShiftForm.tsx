import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { answer, api, type Wall } from '@/shared/api';
import { Button, Input, toast, toastError } from '@/shared/ui';

import styles from './ShiftForm.module.css';
import { appTexts } from './texts';

/** As the server takes it. */
const mostCap = 10_000;

interface ShiftFormProps {
  wall: Wall;
  onDone?: () => void;
}

/** Comes on shift with the most cameras that one can answer for; who is on shift already changes only that. */
export function ShiftForm({ wall, onDone }: ShiftFormProps) {
  const t = appTexts.useText();
  const queries = useQueryClient();
  const [cap, setCap] = useState(String(wall.cap));
  const start = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/shift', { body: { cap: Number(cap) } })),
    onSuccess: (next) => {
      queries.setQueryData<Wall>(['wall'], next);
      toast(t(wall.is_on_shift ? 'shift.changed' : 'shift.started', { n: next.share }));
      onDone?.();
    },
    onError: (error) => toastError(t('shift.failed'), error),
  });
  const isWhole = /^\d+$/.test(cap) && Number(cap) <= mostCap;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isWhole) start.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Input
        label={t('shift.cap')}
        hint={t('shift.capHint')}
        error={isWhole ? undefined : t('shift.capWrong', { most: mostCap.toLocaleString() })}
        type="number"
        inputMode="numeric"
        min={0}
        max={mostCap}
        value={cap}
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setCap(event.target.value)}
      />
      <Button type="submit" look="primary" keyName="Enter" isBusy={start.isPending} disabled={!isWhole}>
        {t(wall.is_on_shift ? 'shift.change' : 'shift.start')}
      </Button>
      <p className={styles.note}>{t('shift.lasts')}</p>
    </form>
  );
}
