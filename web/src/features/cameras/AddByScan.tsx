import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Radar } from 'lucide-react';
import { useEffect, useState, type FormEvent } from 'react';

import { answer, api, problemWords, type Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { Button, Checkbox, Dialog, Empty, Input, toast, toastError } from '@/shared/ui';

import { addTexts } from './addTexts';
import styles from './Add.module.css';
import { choiceFor, configWith, FindingRow, type Candidate, type Choice, type Finding } from './FindingRow';

const pollMs = 1000;
/** Devices that are asked at the same time. */
const atOnce = 4;

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
  /** Whom to log in to: one device, or all that still ask for it. */
  title: string;
  onClose: () => void;
  onLogin: (user: string, password: string) => Promise<void>;
}

function LoginDialog({ title, onClose, onLogin }: LoginProps) {
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
    <Dialog isOpen onClose={onClose} title={title}>
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
        <span className={styles.quiet}>{scan.words !== '' && problemWords(scan)}</span>
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
  const [login, setLogin] = useState<readonly Finding[]>([]);
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
  const interrogate = async (finding: Finding, user: string, password: string): Promise<unknown> => {
    try {
      const candidate = await answer(
        api.POST('/api/v1/scans/{scan}/interrogate', {
          params: { path: { scan: id ?? '' } },
          body: { finding: finding.id, user, password },
        }),
      );
      setAsked((before) => new Map(before).set(finding.id, candidate));
      return null;
    } catch (error) {
      return error;
    }
  };
  /** One account for all of them, a few at a time. */
  const logInToAll = async (wanted: readonly Finding[], user: string, password: string): Promise<void> => {
    const waiting = [...wanted];
    const failures: unknown[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const failure = await interrogate(next, user, password);
        if (failure !== null) failures.push(failure);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    const good = wanted.length - failures.length;
    if (good > 0) setLogin([]);
    if (wanted.length > 1) toast(t('scan.loggedIn', { n: good, all: wanted.length }));
    else if (failures.length > 0) toastError(t('url.failed'), failures[0]);
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
  const candidateOf = (finding: Finding): Candidate | null => asked.get(finding.id) ?? finding.candidate;
  const isNew = (finding: Finding): boolean => finding.known_camera === '';
  const toAdd = findings.filter((each) => isNew(each) && (candidateOf(each)?.profiles.length ?? 0) > 0);
  const toAsk = findings.filter((each) => isNew(each) && candidateOf(each) === null);
  const isAll = toAdd.length > 0 && toAdd.every(({ id: each }) => choices.has(each));
  const chooseAll = (): void =>
    setChoices(
      new Map(
        isAll
          ? []
          : toAdd.flatMap((each) => {
              const candidate = candidateOf(each);
              return candidate ? [[each.id, choices.get(each.id) ?? choiceFor(candidate)] as const] : [];
            }),
      ),
    );
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
                  <td>
                    <input
                      type="checkbox"
                      aria-label={t('scan.selectAll')}
                      disabled={toAdd.length === 0}
                      checked={isAll}
                      onChange={chooseAll}
                    />
                  </td>
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
                    candidate={candidateOf(finding)}
                    choice={choices.get(finding.id) ?? null}
                    onChoose={(choice) => choose(finding.id, choice)}
                    onLogin={() => setLogin([finding])}
                  />
                ))}
              </tbody>
            </table>
          </div>
          <div className={styles.foot}>
            {toAsk.length > 1 && (
              <Button onClick={() => setLogin(toAsk)}>{t('scan.loginAll', { n: toAsk.length })}</Button>
            )}
            <Button look="primary" disabled={choices.size === 0} isBusy={isBusy} onClick={() => void add()}>
              {t('scan.add', { n: choices.size })}
            </Button>
          </div>
        </>
      )}
      {login.length > 0 && (
        <LoginDialog
          title={
            login.length > 1
              ? t('scan.loginAllTitle', { n: login.length })
              : t('scan.loginTitle', { name: login[0]?.name || (login[0]?.address ?? '') })
          }
          onClose={() => setLogin([])}
          onLogin={(user, password) => logInToAll(login, user, password)}
        />
      )}
    </div>
  );
}
