import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { answer, api, type Schemas } from '@/shared/api';
import { rightWords } from '@/features/users/rightWords';
import { userTexts } from '@/features/users/texts';
import { common } from '@/shared/i18n';
import { useSession } from '@/shared/session/session';
import { formatAgo, formatDate, now, useNow } from '@/shared/time/time';
import { Button, Checkbox, Dialog, ErrorState, Input, Loading, Select, toast, toastError } from '@/shared/ui';

import styles from './Account.module.css';
import { accountTexts } from './texts';

const lifetimes = ['30', '90', '365'] as const;
type Lifetime = (typeof lifetimes)[number];
const dayMs = 86_400_000;

function TokenForm({ onMade }: { onMade: (secret: string) => void }) {
  const t = accountTexts.useText();
  userTexts.useText();
  const own = useSession((store) => store.session?.rights ?? []).filter((right) => right !== 'self');
  const [name, setName] = useState('');
  const [days, setDays] = useState<Lifetime>('90');
  const [rights, setRights] = useState<ReadonlySet<string>>(new Set());
  const toggle = (right: string): void => {
    const next = new Set(rights);
    if (!next.delete(right)) next.add(right);
    setRights(next);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const expires = new Date(now() + Number(days) * dayMs).toISOString();
    try {
      const made = await answer(
        api.POST('/api/v1/tokens', { body: { name: name.trim(), rights: [...rights], expires } }),
      );
      onMade(made.secret);
    } catch (error) {
      toastError(t('failed'), error);
    }
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Input
        label={t('tokenName')}
        placeholder={t('tokenNameHint')}
        value={name}
        maxLength={100}
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      <Select<Lifetime>
        label={t('tokenExpires')}
        value={days}
        choices={lifetimes.map((value) => ({ value, label: t('tokenDays', { n: value }) }))}
        onChange={setDays}
      />
      <fieldset className={styles.rights}>
        <legend>{t('tokenRights')}</legend>
        {own.map((right) => (
          <Checkbox
            key={right}
            label={rightWords(right)}
            checked={rights.has(right)}
            onChange={() => toggle(right)}
          />
        ))}
      </fieldset>
      <Button type="submit" look="primary" disabled={name.trim() === '' || rights.size === 0}>
        {t('tokenMake')}
      </Button>
    </form>
  );
}

function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const t = accountTexts.useText();
  const words = common.useText();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    toast(t('tokenCopied'));
    onDone();
  };
  return (
    <>
      <p className={styles.text}>{t('tokenSecretText')}</p>
      <code className={styles.secret}>{secret}</code>
      <Button look="primary" isWide onClick={() => void copy()}>
        {words('action.copy')}
      </Button>
    </>
  );
}

function TokenRow({ token, onRevoke }: { token: Schemas['Token']; onRevoke: () => void }) {
  const t = accountTexts.useText();
  const nowMs = useNow();
  const used =
    token.last_used === null
      ? t('tokenNever')
      : t('tokenUsed', { time: formatAgo(nowMs - Date.parse(token.last_used)) });
  const until = token.expires === null ? null : t('tokenUntil', { time: formatDate(token.expires) });
  return (
    <li className={styles.row}>
      <div className={styles.main}>
        <p>{token.name}</p>
        <p>{[token.rights.map(rightWords).join(', '), until, used].filter(Boolean).join(' · ')}</p>
      </div>
      <Button onClick={onRevoke}>{t('tokenRevoke')}</Button>
    </li>
  );
}

/** Tokens for other programs: list, make, revoke. The secret is shown once. */
export function Tokens() {
  const t = accountTexts.useText();
  userTexts.useText();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['tokens'],
    queryFn: () => answer(api.GET('/api/v1/tokens')),
  });
  const revoke = useMutation({
    mutationFn: (token: string) =>
      answer(api.DELETE('/api/v1/tokens/{token}', { params: { path: { token } } })),
    onSuccess: () => toast(t('tokenRevoked')),
    onError: (problem) => toastError(t('failed'), problem),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const close = (): void => {
    setOpen(false);
    setSecret(null);
    void queries.invalidateQueries({ queryKey: ['tokens'] });
  };
  if (error) return <ErrorState title={t('tokensFailed')} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={2} />;
  return (
    <>
      {data.tokens.length === 0 && <p className={styles.text}>{t('tokensNone')}</p>}
      <ul className={styles.list}>
        {data.tokens.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => revoke.mutate(token.id)} />
        ))}
      </ul>
      <Button onClick={() => setOpen(true)}>{t('tokenNew')}</Button>
      <Dialog isOpen={isOpen} onClose={close} title={t(secret === null ? 'tokenNew' : 'tokenSecret')}>
        {secret === null ? <TokenForm onMade={setSecret} /> : <Secret secret={secret} onDone={close} />}
      </Dialog>
    </>
  );
}
