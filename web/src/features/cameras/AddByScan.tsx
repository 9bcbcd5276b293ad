import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Radar } from 'lucide-react';
import { useEffect, useState, type FormEvent } from 'react';

import { answer, api, type Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { Button, Checkbox, Dialog, Empty, Input, toast, toastError } from '@/shared/ui';

import { addTexts } from './addTexts';
import styles from './Add.module.css';
import { configWith, FindingRow, type Candidate, type Choice, type Finding } from './FindingRow';

const pollMs = 1000;

interface Order {
  multicast: boolean;
  range: string;
  user: string;
  password: string;
}

function OrderForm({ isRunning, onStart, onStop }: OrderFormProps) {
  const t = addTexts.useText();
  const [order, setOrder] = useState<Order>({ multicast: true, range: '', user: '', password: '' });
  const put = (part: Partial<Order>): void => setOrder({ ...order, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onStart(order);
  };
  return (
    <form onSubmit={submit}>
      <Checkbox
        label={t('scan.multicast')}
        checked={order.multicast}
        onChange={(event) => put({ multicast: event.target.checked })}
      />
      <div className={styles.order}>
        <div className={styles.range}>
          <Input
            label={t('scan.range')}
            hint={t('scan.rangeHint')}
            value={order.range}
            onChange={(event) => put({ range: event.target.value })}
          />
        </div>
        <div className={styles.range}>
          <Input
            label={t('scan.user')}
            hint={t('scan.credentialsHint')}
            autoComplete="off"
            value={order.user}
            onChange={(event) => put({ user: event.target.value })}
          />
        </div>
        <Input
          label={t('scan.password')}
          type="password"
          autoComplete="new-password"
          value={order.password}
          onChange={(event) => put({ password: event.target.value })}
        />
        {isRunning ? (
          <Button onClick={onStop}>{t('scan.stop')}</Button>
        ) : (
          <Button
            type="submit"
            look="primary"
            icon={<Radar />}
            disabled={!order.multicast && order.range.trim() === ''}
          >
            {t('scan.start')}
          </Button>
        )}
      </div>
    </form>
  );
}

interface OrderFormProps {
  isRunning: boolean;
  onStart: (order: Order) => void;
  onStop: () => void;
}

interface LoginProps {
  finding: Finding;
  onClose: () => void;
  onLogin: (user: string, password: string) => Promise<void>;
}

function LoginDialog({ finding, onClose, onLogin }: LoginProps) {
  const t = addTexts.useText();
  const words = common.useText();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    await onLogin(user, password).finally(() => setBusy(false));
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('scan.loginTitle', { name: finding.name || finding.address })}>
      <form className={styles.form} onSubmit={submit}>
        <Input
          label={t('scan.user')}
          autoFocus
          autoComplete="off"
          value={user}
          onChange={(event) => setUser(event.target.value)}
        />
        <Input
          label={t('scan.password')}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className={styles.tools}>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t('scan.login')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {words('action.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Progress({ scan }: { scan: Schemas['Scan'] }) {
  const t = addTexts.useText();
  const n = scan.findings.length;
  return (
    <div role="status">
      <p>
        {scan.is_done
          ? t('scan.done', { n })
          : t('scan.progress', { asked: scan.asked, total: scan.total, n })}{' '}
        <span className={styles.quiet}>{scan.words}</span>
      </p>
      {!scan.is_done && (
        <div className={styles.progress}>
          <span style={{ width: `${(scan.asked / Math.max(1, scan.total)) * 100}%` }} />
        </div>
      )}
    </div>
  );
}

/** What is on the network: found, asked, chosen, added. */
export function AddByScan() {
  const t = addTexts.useText();
  const queries = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const [asked, setAsked] = useState<ReadonlyMap<string, Candidate>>(new Map());
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const [login, setLogin] = useState<Finding | null>(null);
  const [isBusy, setBusy] = useState(false);
  const scan = useQuery({
    queryKey: ['scan', id],
    queryFn: () => answer(api.GET('/api/v1/scans/{scan}', { params: { path: { scan: id ?? '' } } })),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.is_done ? false : pollMs),
  });
  const stop = (): void => {
    if (id !== null)
      void answer(api.DELETE('/api/v1/scans/{scan}', { params: { path: { scan: id } } })).catch(
        () => undefined,
      );
    setId(null);
  };
  // Leaving the page stops the search: it holds a password and keeps the network busy.
  useEffect(
    () => () => {
      if (id !== null)
        void answer(api.DELETE('/api/v1/scans/{scan}', { params: { path: { scan: id } } })).catch(
          () => undefined,
        );
    },
    [id],
  );
  const start = async ({ multicast, range, user, password }: Order): Promise<void> => {
    setChoices(new Map());
    setAsked(new Map());
    try {
      const body = { multicast, ...(range.trim() !== '' && { range: range.trim() }), user, password };
      setId((await answer(api.POST('/api/v1/scans', { body }))).id);
    } catch (error) {
      toastError(t('scan.failed'), error);
    }
  };
  const interrogate = async (finding: Finding, user: string, password: string): Promise<void> => {
    try {
      const candidate = await answer(
        api.POST('/api/v1/scans/{scan}/interrogate', {
          params: { path: { scan: id ?? '' } },
          body: { finding: finding.id, user, password },
        }),
      );
      setAsked((before) => new Map(before).set(finding.id, candidate));
      setLogin(null);
    } catch (error) {
      toastError(t('url.failed'), error);
    }
  };
  const choose = (finding: string, choice: Choice | null): void => {
    const next = new Map(choices);
    if (choice) next.set(finding, choice);
    else next.delete(finding);
    setChoices(next);
  };
  const add = async (): Promise<void> => {
    setBusy(true);
    let count = 0;
    for (const [finding, choice] of choices) {
      try {
        await answer(api.POST('/api/v1/cameras', { body: configWith(choice) }));
        choose(finding, null);
        count += 1;
      } catch (error) {
        toastError(t('scan.addFailed', { name: choice.candidate.model }), error);
      }
    }
    setChoices(new Map());
    if (count > 0) toast(t('scan.added', { n: count }));
    await queries.invalidateQueries({ queryKey: ['cameras'] });
    await scan.refetch();
    setBusy(false);
  };
  const findings = scan.data?.findings ?? [];
  return (
    <div className={styles.scan}>
      <OrderForm
        isRunning={id !== null && scan.data?.is_done !== true}
        onStart={(order) => void start(order)}
        onStop={stop}
      />
      {id === null && <Empty icon={<Radar />} title={t('scan.empty')} />}
      {scan.data && <Progress scan={scan.data} />}
      {scan.data?.is_done && findings.length === 0 && <Empty title={t('scan.none')} />}
      {findings.length > 0 && (
        <>
          <div className={styles.tableFrame}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <td />
                  <th scope="col">{t('scan.device')}</th>
                  <th scope="col">{t('scan.address')}</th>
                  <th scope="col">{t('scan.main')}</th>
                  <th scope="col">{t('scan.sub')}</th>
                  <th scope="col">{t('scan.state')}</th>
                </tr>
              </thead>
              <tbody>
                {findings.map((finding) => (
                  <FindingRow
                    key={finding.id}
                    finding={finding}
                    candidate={asked.get(finding.id) ?? finding.candidate}
                    choice={choices.get(finding.id) ?? null}
                    onChoose={(choice) => choose(finding.id, choice)}
                    onLogin={() => setLogin(finding)}
                  />
                ))}
              </tbody>
            </table>
          </div>
          <div className={styles.tools}>
            <Button look="primary" disabled={choices.size === 0} isBusy={isBusy} onClick={() => void add()}>
              {t('scan.add', { n: choices.size })}
            </Button>
          </div>
        </>
      )}
      {login && (
        <LoginDialog
          finding={login}
          onClose={() => setLogin(null)}
          onLogin={(user, password) => interrogate(login, user, password)}
        />
      )}
    </div>
  );
}
