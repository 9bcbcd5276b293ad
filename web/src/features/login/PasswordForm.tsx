import { useState, type FormEvent } from 'react';

import { answer, api, detailOf, wordsOf } from '@/shared/api';
import { Button, Input } from '@/shared/ui';

import styles from './Login.module.css';
import { loginTexts } from './texts';

interface PasswordFormProps {
  /** The password just used to log in; asked for when empty. */
  current?: string;
  submitLabel: string;
  onDone: () => void;
}

/** Chooses a new password. */
export function PasswordForm({ current: known = '', submitLabel, onDone }: PasswordFormProps) {
  const t = loginTexts.useText();
  const [current, setCurrent] = useState(known);
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (fresh !== again) {
      setError(t('differs'));
      return;
    }
    setBusy(true);
    try {
      await answer(api.POST('/api/v1/session/password', { body: { current, replacement: fresh } }));
      setFresh('');
      setAgain('');
      onDone();
    } catch (problem) {
      setError(detailOf(problem) || wordsOf(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      {known === '' && (
        <Input
          label={t('current')}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      )}
      <Input
        label={t('fresh')}
        type="password"
        autoComplete="new-password"
        required
        autoFocus={known !== ''}
        hint={t('rule')}
        value={fresh}
        onChange={(event) => setFresh(event.target.value)}
      />
      <Input
        label={t('again')}
        type="password"
        autoComplete="new-password"
        required
        error={error}
        value={again}
        onChange={(event) => setAgain(event.target.value)}
      />
      <Button type="submit" look="primary" isWide isBusy={isBusy}>
        {submitLabel}
      </Button>
    </form>
  );
}
