import { VideoOff } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';

import { wordsOf } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { Overlay, playerTexts } from '@/shared/player';
import { formatTime } from '@/shared/time/time';
import { classes } from '@/shared/ui';

import type { Deck } from './deck';
import styles from './Playback.module.css';
import type { Reel, ReelState } from './reel';
import { nextStart, previousEnd } from './spans';
import { playbackTexts } from './texts';
import { useScenes } from './useScenes';

interface ScreenProps {
  deck: Deck;
  camera: string;
  isChosen: boolean;
  hasBoxes: boolean;
  onChoose: () => void;
  onEnlarge: () => void;
  /** Drawn over the picture: the region of a search. */
  children?: ReactNode;
  onPicture?: (size: { width: number; height: number }) => void;
}

const noTracks: ReadonlySet<number> = new Set();
const noZones: readonly never[] = [];

/** One camera at the moment of the clock: its picture, or in words why there is none. */
export function Screen(props: ScreenProps) {
  const { deck, camera, isChosen, hasBoxes, onChoose, onEnlarge, children, onPicture } = props;
  const t = playbackTexts.useText();
  const player = playerTexts.useText();
  const name = useCameraName(camera);
  const video = useRef<HTMLVideoElement>(null);
  const reel = useRef<Reel | null>(null);
  const [state, setState] = useState<ReelState>({ phase: 'loading' });
  const [picture, setPicture] = useState({ width: 16, height: 9 });
  const trail = useScenes(deck, camera, hasBoxes);

  useEffect(() => {
    if (!video.current) return undefined;
    reel.current = deck.attach(camera, video.current, setState);
    return () => deck.detach(camera);
  }, [deck, camera]);

  const sceneNow = useCallback(
    (mediaS?: number) => {
      const wall = reel.current?.wallAt(mediaS ?? video.current?.currentTime ?? 0) ?? null;
      return wall === null || trail === null ? null : trail.at(wall);
    },
    [trail],
  );
  const isHidden = state.phase === 'gap' || state.phase === 'unplayable';
  return (
    <div className={classes(styles.screen, isChosen && styles.chosen)}>
      <video
        ref={video}
        muted
        playsInline
        disablePictureInPicture
        className={classes(styles.video, isHidden && styles.unseen)}
        aria-label={player('pictureOf', { camera: name })}
        onResize={(event) => {
          const { videoWidth: width, videoHeight: height } = event.currentTarget;
          if (width === 0) return;
          setPicture({ width, height });
          onPicture?.({ width, height });
        }}
      />
      {state.phase === 'picture' && (
        <Overlay
          sceneNow={sceneNow}
          video={video}
          picture={picture}
          fit="contain"
          zones={noZones}
          marked={noTracks}
          gravity={null}
        />
      )}
      <button
        type="button"
        className={styles.hit}
        aria-pressed={isChosen}
        aria-label={t('chooseScreen', { camera: name })}
        onClick={onChoose}
        onDoubleClick={onEnlarge}
      />
      <StateWords deck={deck} camera={camera} state={state} />
      <span className={styles.screenName}>{name}</span>
      {state.phase === 'picture' && playerTexts.has(`note.${state.note}`) && (
        <span className={styles.screenNote}>{player(`note.${state.note}` as 'note.masked')}</span>
      )}
      {children}
    </div>
  );
}

function StateWords({ deck, camera, state }: { deck: Deck; camera: string; state: ReelState }) {
  const t = playbackTexts.useText();
  const player = playerTexts.useText();
  if (state.phase === 'picture') return null;
  if (state.phase === 'unplayable') return <Words title={player('unsupported', { mime: state.mime })} />;
  if (state.phase === 'failed') return <Words title={t('failed')} detail={wordsOf(state.error)} />;
  if (state.phase === 'loading')
    return <p className={styles.loadingBar} role="status" aria-label={t('fetching')} />;
  const spans = deck.book(camera).spans();
  const moment = deck.clock.now();
  const before = previousEnd(spans, moment);
  const after = nextStart(spans, moment);
  const detail = [
    before !== null ? t('gapBefore', { time: formatTime(before) }) : '',
    after !== null ? t('gapAfter', { time: formatTime(after) }) : '',
  ];
  return <Words title={t('gap')} detail={detail.filter(Boolean).join(' · ')} />;
}

function Words({ title, detail }: { title: string; detail?: string }) {
  return (
    <div className={styles.words} role="status">
      <VideoOff aria-hidden="true" />
      <p>{title}</p>
      {detail !== undefined && detail !== '' && <p className={styles.wordsDetail}>{detail}</p>}
    </div>
  );
}
