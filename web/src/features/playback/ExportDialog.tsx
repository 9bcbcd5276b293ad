import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy, Download } from 'lucide-react';
import { useState } from 'react';

import { answer, api, problemWords, type Schemas } from '@/shared/api';
import { cameraName } from '@/shared/cameras/names';
import { common } from '@/shared/i18n';
import { formatDateTime, formatSpan, formatTime } from '@/shared/time/time';
import { Button, Checkbox, Dialog, IconButton, Input, toast, toastError } from '@/shared/ui';

import { localInput } from './GoTo';
import styles from './Playback.module.css';
import { playbackTexts } from './texts';

interface ExportDialogProps {
  cameras: readonly string[];
  chosen: string;
  from: number;
  to: number;
  onClose: () => void;
}

const pollMs = 700;
const longestMs = 6 * 3_600_000;

/** Takes a part of the recording out as a file, with the purpose that stands in the top bar. */
export function ExportDialog(props: ExportDialogProps) {
  const t = playbackTexts.useText();
  const queries = useQueryClient();
  const [cameras, setCameras] = useState<readonly string[]>([props.chosen]);
  const [from, setFrom] = useState(localInput(props.from));
  const [to, setTo] = useState(localInput(Math.ceil(props.to / 1000) * 1000));
  const [note, setNote] = useState('');
  const span = Date.parse(to) - Date.parse(from);
  const error = problemOf(t, span);
  const make = useMutation({
    mutationFn: async () => {
      for (const camera of cameras) {
        const body = {
          camera,
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          format: 'mp4' as const,
          ...(note.trim() !== '' && { note: note.trim() }),
        };
        await answer(api.POST('/api/v1/exports', { body }));
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['exports'] }),
    onError: (failure) => toastError(t('exportFailed'), failure),
  });
  const toggle = (camera: string): void =>
    setCameras(cameras.includes(camera) ? cameras.filter((each) => each !== camera) : [...cameras, camera]);
  return (
    <Dialog isOpen onClose={props.onClose} title={t('exportTitle')} description={t('exportText')} width={40}>
      <form
        className={styles.exportForm}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <fieldset className={styles.exportCameras}>
          <legend>{t('cameras')}</legend>
          {props.cameras.map((camera) => (
            <Checkbox
              key={camera}
              label={cameraName(camera)}
              checked={cameras.includes(camera)}
              onChange={() => toggle(camera)}
            />
          ))}
        </fieldset>
        <div className={styles.exportSpan}>
          <Input
            label={t('from')}
            type="datetime-local"
            step={1}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <Input
            label={t('to')}
            type="datetime-local"
            step={1}
            value={to}
            error={error ?? undefined}
            hint={error === null ? formatSpan(span) : undefined}
            onChange={(event) => setTo(event.target.value)}
          />
        </div>
        <Input
          label={t('note')}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button
          type="submit"
          look="primary"
          isBusy={make.isPending}
          disabled={cameras.length === 0 || error !== null}
        >
          {t('exportStart')}
        </Button>
      </form>
      <Exports />
    </Dialog>
  );
}

function problemOf(t: ReturnType<typeof playbackTexts.useText>, span: number): string | null {
  if (Number.isNaN(span) || span <= 0) return t('spanWrong');
  return span > longestMs ? t('spanLong') : null;
}

function Exports() {
  const t = playbackTexts.useText();
  const exports = useQuery({
    queryKey: ['exports'],
    queryFn: () => answer(api.GET('/api/v1/exports')),
    refetchInterval: (query) =>
      query.state.data?.exports.some((each) => each.state === 'making') ? pollMs : false,
  });
  const list = exports.data?.exports.slice(0, 20) ?? [];
  if (list.length === 0) return null;
  return (
    <section className={styles.exports} aria-label={t('exports')}>
      <h3>{t('exports')}</h3>
      <ul>
        {list.map((each) => (
          <ExportRow key={each.id} item={each} />
        ))}
      </ul>
    </section>
  );
}

function ExportRow({ item }: { item: Schemas['Export'] }) {
  const t = playbackTexts.useText();
  const words = common.useText();
  const span = Date.parse(item.to) - Date.parse(item.from);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(item.sha256);
    toast(t('copied'));
  };
  return (
    <li className={styles.exportRow}>
      <div>
        <p>
          <strong>{cameraName(item.camera)}</strong> {formatDateTime(item.from)} ({formatSpan(span)})
        </p>
        {item.state === 'making' && <progress aria-label={t('making')} />}
        {item.state === 'ready' && (
          <p className={styles.hash}>
            {t('size', { mb: (item.bytes / 1e6).toFixed(1) })}
            {item.masked && ` · ${t('exportMasked')}`} · SHA-256 <code>{item.sha256}</code>
            <IconButton label={words('action.copy')} icon={<Copy />} onClick={() => void copy()} />
          </p>
        )}
        {item.state !== 'ready' && (
          <p className={styles.panelNote}>{item.words === '' ? t(item.state) : problemWords(item)}</p>
        )}
        {item.gaps.map((gap) => (
          <p key={gap.from} className={styles.panelNote}>
            {t('exportGap', { from: formatTime(gap.from), to: formatTime(gap.to) })}
          </p>
        ))}
      </div>
      {item.state === 'ready' && (
        <a className={styles.download} href={`/api/v1/exports/${encodeURIComponent(item.id)}/file`} download>
          <Download aria-hidden="true" />
          {words('action.download')}
        </a>
      )}
    </li>
  );
}
