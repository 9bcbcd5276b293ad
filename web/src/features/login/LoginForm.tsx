import { useRef, useState, type FormEvent } from 'react';

import { ApiProblem, detailOf, wordsOf } from '@/shared/api';
import { logIn } from '@/shared/session/session';
import { Button, Input } from '@/shared/ui';

import styles from './Login.module.css';
import { loginTexts } from './texts';

type Words = ReturnType<typeof loginTexts.useText>;

/** The password is right and only the code is missing. */
function needsCode(error: unknown): boolean {
  return error instanceof ApiProblem && error.is('code-needed');
}

function errorWords(t: Words, error: unknown, hadCode: boolean): string {
  if (!(error instanceof ApiProblem)) return wordsOf(error);
  if (error.is('locked') || error.status === 423 || error.status === 429)
    return detailOf(error) || t('locked');
  if (error.status === 401 || error.status === 403) return t(hadCode ? 'codeWrong' : 'wrong');
  return detailOf(error) || wordsOf(error);
}

/** User and password, then the code when the server asks for it. */
export function LoginForm({
  user: known,
  onPassword,
}: {
  user?: string | undefined;
  onPassword?: (password: string) => void;
}) {
  const t = loginTexts.useText();
  const [user, setUser] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      onPassword?.(password);
      await logIn(user, password, step === 'code' ? code.trim() : undefined);
    } catch (problem) {
      if (step === 'password' && needsCode(problem)) setStep('code');
      else setError(errorWords(t, problem, step === 'code'));
      if (step === 'password') passwordField.current?.select();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      {step === 'password' ? (
        <>
          <Input
            label={t('user')}
            value={user}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            readOnly={known !== undefined}
            autoFocus={known === undefined}
            onChange={(event) => setUser(event.target.value)}
          />
          <Input
            ref={passwordField}
            label={t('password')}
            type="password"
            value={password}
            autoComplete="current-password"
            required
            autoFocus={known !== undefined}
            error={error}
            onChange={(event) => setPassword(event.target.value)}
          />
        </>
      ) : (
        <Input
          label={t('code')}
          hint={t('codeHint')}
          value={code}
          autoComplete="one-time-code"
          className={styles.code}
          required
          autoFocus
          error={error}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      <Button type="submit" look="primary" isWide isBusy={isBusy}>
        {t('submit')}
      </Button>
      {step === 'code' && (
        <Button look="quiet" isWide onClick={() => setStep('password')}>
          {t('back')}
        </Button>
      )}
    </form>
  );
}
