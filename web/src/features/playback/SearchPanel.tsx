import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { answer, api, type Schemas } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { useBlobAddress } from '@/shared/player';
import { formatSpan, formatTime } from '@/shared/time/time';
import { Button, Empty, Segmented, toastError } from '@/shared/ui';

import styles from './Playback.module.css';
import { isUsable, type Region } from './region';
import { playbackTexts } from './texts';
import { thumbnailOf } from './thumbnails';

type Kind = 'motion' | 'objects';

interface SearchPanelProps {
  camera: string;
  region: Region;
  span: { from: number; to: number };
  onMoments: (moments: readonly Schemas['Moment'][]) => void;
  onOpen: (moment: number) => void;
  onClearRegion: () => void;
}

const pollMs = 400;

function useSearch() {
  const [id, setId] = useState<string | null>(null);
  const search = useQuery({
    queryKey: ['motion-search', id],
    queryFn: () =>
      answer(api.GET('/api/v1/motion-searches/{search}', { params: { path: { search: id ?? '' } } })),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.is_done ? false : pollMs),
    staleTime: Infinity,
  });
  return { id, setId, state: search.data ?? null };
}

/** When did something move in the drawn region: moments as they are found, each with its picture. */
export function SearchPanel(props: SearchPanelProps) {
  const { camera, region, span, onMoments, onOpen, onClearRegion } = props;
  const t = playbackTexts.useText();
  const name = useCameraName(camera);
  const [kind, setKind] = useState<Kind>('motion');
  const [sensitivity, setSensitivity] = useState(0.5);
  const { id, setId, state } = useSearch();
  const start = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/motion-searches', {
          body: {
            camera,
            from: new Date(span.from).toISOString(),
            to: new Date(span.to).toISOString(),
            region: isUsable(region) ? region.map((point) => [...point]) : [],
            kind,
            sensitivity,
          },
        }),
      ),
    onMutate: () => onMoments([]),
    onSuccess: (search) => setId(search.id),
    onError: (error) => toastError(t('searchFailed'), error),
  });
  const cancel = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/motion-searches/{search}', { params: { path: { search: id ?? '' } } })),
    onSettled: () => setId(null),
  });
  const moments = state?.moments ?? [];
  const isRunning = start.isPending || (id !== null && state?.is_done !== true);
  return (
    <div className={styles.panelBody}>
      <p className={styles.panelNote}>
        {name} · {formatTime(span.from)} – {formatTime(span.to)} ({formatSpan(span.to - span.from)})
      </p>
      <p className={styles.panelNote}>
        {isUsable(region) ? t('regionSet') : t('regionHint')}{' '}
        {isUsable(region) && (
          <button type="button" className={styles.link} onClick={onClearRegion}>
            {t('regionReset')}
          </button>
        )}
      </p>
      <Segmented<Kind>
        label={t('searchKind')}
        value={kind}
        choices={[
          { value: 'motion', label: t('searchMotion') },
          { value: 'objects', label: t('searchObjects') },
        ]}
        onChange={setKind}
      />
      {kind === 'motion' && (
        <label className={styles.range}>
          <span>{t('sensitivity')}</span>
          <input
            type="range"
            min={0.1}
            max={0.9}
            step={0.1}
            value={sensitivity}
            onChange={(event) => setSensitivity(Number(event.target.value))}
          />
        </label>
      )}
      {isRunning ? (
        <Button onClick={() => cancel.mutate()}>{t('searchCancel')}</Button>
      ) : (
        <Button look="primary" onClick={() => start.mutate()}>
          {t('searchStart')}
        </Button>
      )}
      {state && <Progress state={state} />}
      <Moments camera={camera} moments={moments} onMoments={onMoments} onOpen={onOpen} />
      {state?.is_done === true && moments.length === 0 && (
        <Empty title={t('searchNothing')} text={t('searchNothingText')} />
      )}
    </div>
  );
}

function Progress({ state }: { state: Schemas['MotionSearch'] }) {
  const t = playbackTexts.useText();
  const values = {
    n: state.moments.length,
    pictures: state.pictures.toLocaleString(),
    rate: Math.round(state.pictures_per_s).toLocaleString(),
  };
  return (
    <div className={styles.progress}>
      {!state.is_done && <progress max={1} value={state.progress} aria-label={t('searchProgress')} />}
      <p className={styles.panelNote} role="status">
        {t(state.is_done ? 'searchDone' : 'searchRunning', values)}
      </p>
    </div>
  );
}

interface MomentsProps {
  camera: string;
  moments: readonly Schemas['Moment'][];
  onMoments: (moments: readonly Schemas['Moment'][]) => void;
  onOpen: (moment: number) => void;
}

/** More than this is for a narrower search. */
const mostShown = 200;

function Moments({ camera, moments, onMoments, onOpen }: MomentsProps) {
  const [told, setTold] = useState(0);
  if (told !== moments.length) {
    setTold(moments.length);
    // The timeline marks them as they come.
    queueMicrotask(() => onMoments(moments));
  }
  return (
    <ol className={styles.moments}>
      {moments.slice(0, mostShown).map((moment) => (
        <li key={moment.time}>
          <button type="button" onClick={() => onOpen(Date.parse(moment.time))}>
            <Thumbnail camera={camera} moment={Date.parse(moment.time)} />
            <span>
              <strong>{formatTime(moment.time)}</strong>
              <span>{formatSpan(Date.parse(moment.until) - Date.parse(moment.time))}</span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

const thumbnailWidth = 160;

function Thumbnail({ camera, moment }: { camera: string; moment: number }) {
  const picture = useQuery({
    queryKey: ['thumbnail', camera, moment],
    queryFn: ({ signal }) => thumbnailOf(camera, moment, thumbnailWidth, signal),
    staleTime: Infinity,
    gcTime: 120_000,
    retry: false,
    structuralSharing: false,
  });
  const address = useBlobAddress(picture.data);
  return <span className={styles.thumbnail}>{address !== null && <img src={address} alt="" />}</span>;
}
