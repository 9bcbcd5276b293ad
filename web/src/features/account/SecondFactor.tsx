import { useState, type FormEvent } from 'react';

import { answer, api, detailOf, wordsOf, type Schemas } from '@/shared/api';
import { loadSession, useSession } from '@/shared/session/session';
import { Button, Dialog, Input, toast, toastError } from '@/shared/ui';

import styles from './Account.module.css';
import { QrCode } from './QrCode';
import { accountTexts } from './texts';

type Enrolment = Schemas['TotpEnrolment'];

function Enrol({ enrolment, onDone }: { enrolment: Enrolment; onDone: (codes: string[]) => void }) {
  const t = accountTexts.useText();
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const result = await answer(api.PUT('/api/v1/session/totp', { body: { code: code.trim() } }));
      onDone(result.recovery_codes);
    } catch {
      setError(t('totpWrong'));
    }
  };
  return (
    <form className={styles.narrow} onSubmit={submit}>
      <p className={styles.text}>{t('totpScan')}</p>
      <QrCode text={enrolment.uri} label={t('totpQr')} />
      <code className={styles.secret}>{enrolment.secret}</code>
      <div className={styles.form}>
        <Input
          label={t('totpCode')}
          value={code}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          autoFocus
          error={error}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={code.trim().length !== 6}>
          {t('totpConfirm')}
        </Button>
      </div>
    </form>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const t = accountTexts.useText();
  return (
    <>
      <p className={styles.text}>{t('recoveryText')}</p>
      <ul className={styles.codes} aria-label={t('recovery')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button look="primary" onClick={onDone}>
        {t('recoveryDone')}
      </Button>
    </>
  );
}

function RemoveForm({ onDone }: { onDone: () => void }) {
  const t = accountTexts.useText();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await answer(api.DELETE('/api/v1/session/totp', { body: { password } }));
      onDone();
      toast(t('totpRemoved'));
    } catch (problem) {
      setError(detailOf(problem) || wordsOf(problem));
    }
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Input
        label={t('password')}
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        error={error}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary">
        {t('totpRemove')}
      </Button>
    </form>
  );
}

/** Turning the second factor on (code to scan, check, recovery codes) and off. */
export function SecondFactor() {
  const t = accountTexts.useText();
  const hasTotp = useSession((store) => store.session?.has_totp ?? false);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [isRemoving, setRemoving] = useState(false);

  const start = async (): Promise<void> => {
    try {
      setEnrolment(await answer(api.POST('/api/v1/session/totp')));
    } catch (error) {
      toastError(t('failed'), error);
    }
  };
  const finish = (): void => {
    setCodes(null);
    setEnrolment(null);
    void loadSession();
  };
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={finish} />;
  if (enrolment !== null) return <Enrol enrolment={enrolment} onDone={setCodes} />;
  return (
    <>
      <p className={styles.text}>{t(hasTotp ? 'totpOn' : 'totpOff')}</p>
      {hasTotp ? (
        <Button onClick={() => setRemoving(true)}>{t('totpRemove')}</Button>
      ) : (
        <Button onClick={() => void start()}>{t('totpStart')}</Button>
      )}
      <Dialog
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        title={t('totpRemove')}
        description={t('totpRemoveText')}
        width={22}
      >
        <RemoveForm
          onDone={() => {
            setRemoving(false);
            finish();
          }}
        />
      </Dialog>
    </>
  );
}
