import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plug, Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';

import { answer, api, ApiProblem, problemWords, type Schemas } from '@/shared/api';
import { Button, ErrorState, Input, toast, toastError } from '@/shared/ui';
import { rateWords } from '@/features/health/HealthWords';

import { addTexts } from './addTexts';
import styles from './Add.module.css';

type Probe = Schemas['ProbeResult'];

const longestGop = 2;
const fewestPictures = 5;
const twoMegapixels = 1920 * 1080;
const large = 1280 * 720;

/** What to change on the camera so that everything works well. */
function adviceOf(probe: Probe, hasSub: boolean): string[] {
  const { t } = addTexts;
  const pixels = probe.width * probe.height;
  return [
    ...(probe.gop_s > longestGop ? [t('url.adviceGop', { n: probe.gop_s })] : []),
    ...(probe.fps > 0 && probe.fps < fewestPictures ? [t('url.adviceFps', { n: probe.fps })] : []),
    ...(probe.codec === 'h265' ? [t('url.adviceCodec')] : []),
    ...(pixels > 0 && pixels < twoMegapixels ? [t('url.adviceSize')] : []),
    ...(pixels > large && !hasSub ? [t('url.adviceSub')] : []),
  ];
}

/** What came out of trying, in the language of the page. */
function probeWords({ code, words }: Probe): string {
  const key = `probe.${code}`;
  return addTexts.has(key) ? addTexts.t(key) : words;
}

function Result({ probe, hasSub }: { probe: Probe; hasSub: boolean }) {
  const t = addTexts.useText();
  if (!probe.is_good)
    return (
      <div role="alert">
        <p className={styles.strong}>{t('url.failed')}</p>
        <p>{probeWords(probe)}</p>
        {probeWords(probe) !== probe.words && <p className={styles.quiet}>{probe.words}</p>}
      </div>
    );
  const advice = adviceOf(probe, hasSub);
  const facts: [string, string][] = [
    [t('url.codec'), probe.codec.toUpperCase()],
    [t('url.size'), `${probe.width}×${probe.height}`],
    [t('url.fps'), String(probe.fps)],
    [t('url.gop'), t('url.seconds', { n: probe.gop_s })],
    [t('url.bitrate'), rateWords(probe.kbit_s)],
    [t('url.first'), t('url.seconds', { n: probe.seconds_to_first_picture })],
  ];
  return (
    <>
      {probe.still !== '' && <img className={styles.still} src={probe.still} alt={t('url.picture')} />}
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {advice.length === 0 ? (
        <p>{t('url.good')}</p>
      ) : (
        <ul className={styles.advice}>
          {advice.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function withLogin(url: string, user: string, password: string): string {
  if (user === '' || /^rtsps?:\/\/[^/]*@/.test(url)) return url;
  return url.replace('://', `://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}

function idFrom(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);
}

const nothing = { url: '', sub: '', user: '', password: '', id: '', name: '' };

/** One camera by its address: tried first, added when its picture is there. */
export function AddByUrl() {
  const t = addTexts.useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form, setForm] = useState(nothing);
  const [hasOwnId, setOwnId] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<ApiProblem['errors']>([]);
  const errorOf = (name: string): string | undefined => {
    const error = errors.find(({ path }) => path === name || path.startsWith(`${name}.`));
    return error && problemWords(error);
  };
  const put = (part: Partial<typeof nothing>): void => setForm({ ...form, ...part });
  const probe = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/cameras/probe', {
          body: { url: form.url.trim(), user: form.user, password: form.password },
        }),
      ),
  });
  const add = async (): Promise<void> => {
    setBusy(true);
    setErrors([]);
    const url = withLogin(form.url.trim(), form.user, form.password);
    const sub = form.sub.trim() === '' ? null : withLogin(form.sub.trim(), form.user, form.password);
    const body = { id: form.id, name: form.name || form.id, url, ...(sub !== null && { sub_url: sub }) };
    try {
      const camera = await answer(api.POST('/api/v1/cameras', { body }));
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      toast(t('url.added', { name: camera.summary.name }));
      navigate(`/cameras/${encodeURIComponent(camera.summary.id)}/zones`);
    } catch (error) {
      if (error instanceof ApiProblem) setErrors(error.errors);
      toastError(t('url.addFailed'), error);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    probe.mutate();
  };
  const isAddressed = /^rtsps?:\/\/.+/.test(form.url.trim());
  return (
    <div className={styles.columns}>
      <form className={styles.form} onSubmit={submit}>
        <Input
          label={t('url.url')}
          hint={t('url.urlHint')}
          error={errorOf('url') ?? errorOf('streams')}
          value={form.url}
          autoFocus
          spellCheck={false}
          onChange={(event) => put({ url: event.target.value })}
        />
        <Input
          label={t('url.sub')}
          hint={t('url.subHint')}
          error={errorOf('sub_url')}
          value={form.sub}
          spellCheck={false}
          onChange={(event) => put({ sub: event.target.value })}
        />
        <div className={styles.pair}>
          <Input
            label={t('url.user')}
            autoComplete="off"
            value={form.user}
            onChange={(event) => put({ user: event.target.value })}
          />
          <Input
            label={t('url.password')}
            type="password"
            autoComplete="new-password"
            value={form.password}
            onChange={(event) => put({ password: event.target.value })}
          />
        </div>
        <Button type="submit" icon={<Plug />} disabled={!isAddressed} isBusy={probe.isPending}>
          {t('url.probe')}
        </Button>
        <div className={styles.pair}>
          <Input
            label={t('url.name')}
            error={errorOf('name')}
            value={form.name}
            onChange={(event) =>
              put({
                name: event.target.value,
                ...(!hasOwnId && { id: idFrom(event.target.value) }),
              })
            }
          />
          <Input
            label={t('url.id')}
            hint={t('url.idHint')}
            error={errorOf('id')}
            value={form.id}
            spellCheck={false}
            onChange={(event) => {
              setOwnId(true);
              put({ id: event.target.value });
            }}
          />
        </div>
        <Button
          look="primary"
          icon={<Plus />}
          disabled={!isAddressed || !/^[a-z0-9_-]{1,64}$/.test(form.id)}
          isBusy={isBusy}
          onClick={() => void add()}
        >
          {t('url.add')}
        </Button>
      </form>
      <section className={styles.result} aria-live="polite">
        {probe.isIdle && <p className={styles.quiet}>{t('url.none')}</p>}
        {probe.isPending && <p className={styles.quiet}>{t('url.probing')}</p>}
        {probe.isError && (
          <ErrorState title={t('url.failed')} error={probe.error} onRetry={() => probe.mutate()} />
        )}
        {probe.isSuccess && <Result probe={probe.data} hasSub={form.sub.trim() !== ''} />}
      </section>
    </div>
  );
}
