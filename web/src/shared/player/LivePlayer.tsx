import { Unplug, VideoOff } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';

import { classes } from '@/shared/ui';
import { formatSpan, formatTime, now, useNow } from '@/shared/time/time';

import type { LiveState } from './liveConnection';
import { Overlay } from './Overlay';
import type { OverlayZone } from './boxes';
import styles from './Player.module.css';
import { StillPlayer } from './StillPlayer';
import { playerTexts } from './texts';
import { useLive, type Live } from './useLive';

export interface LivePlayerProps {
  camera: string;
  /** For screen readers. */
  name: string;
  /** sub for small tiles, main for the large picture; auto lets the server choose. */
  role?: 'auto' | 'main' | 'sub';
  fit?: 'contain' | 'cover';
  hasBoxes?: boolean;
  zones?: readonly OverlayZone[];
  /** Tracks to stress, and the gravity that gives them their colour. */
  marked?: ReadonlySet<number>;
  gravity?: number | null;
  onState?: (state: LiveState) => void;
}

const noTracks: ReadonlySet<number> = new Set();
const noZones: readonly OverlayZone[] = [];
/** A picture older than this says its age. */
const oldMs = 3000;

/** The live picture of one camera, with boxes in step, its state in words and its age when it is not live. */
export const LivePlayer = memo(function LivePlayer(props: LivePlayerProps) {
  const { camera, name, role = 'auto', fit = 'contain', hasBoxes = true, zones = noZones, onState } = props;
  const t = playerTexts.useText();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const live = useLive({ camera, role, hasBoxes, video, canvas });
  const { info, state, hasPicture } = live;
  useEffect(() => onState?.(state), [state, onState]);
  const isJpeg = info?.kind === 'jpeg';
  const isBroken = state.state !== 'playing' && hasPicture;
  const look = (isShown: boolean): string =>
    classes(styles.picture, styles[fit], !isShown && styles.hidden, isBroken && styles.dim);
  return (
    <div className={styles.frame}>
      <video
        ref={video}
        muted
        playsInline
        disablePictureInPicture
        aria-label={t('pictureOf', { camera: name })}
        className={look(hasPicture && !isJpeg)}
      />
      <canvas ref={canvas} className={look(hasPicture && isJpeg)} aria-hidden="true" />
      {live.needsStill && !hasPicture && (
        <StillPlayer camera={camera} name={name} width={320} everyMs={0} fit={fit} isQuiet />
      )}
      <Overlay
        sceneNow={live.sceneNow}
        video={isJpeg ? undefined : video}
        picture={info ?? { width: 16, height: 9 }}
        fit={fit}
        zones={zones}
        marked={props.marked ?? noTracks}
        gravity={props.gravity ?? null}
      />
      <StateWords live={live} />
      <AgeChip live={live} />
      {info !== null && playerTexts.has(`note.${info.note}`) && (
        <p className={classes(styles.chip, styles.note)}>
          {t(`note.${info.note}` as 'note.role_not_configured')}
        </p>
      )}
    </div>
  );
});

function StateWords({ live }: { live: Live }) {
  const t = playerTexts.useText();
  const { state, hasPicture, needsStill, unplayable } = live;
  useNow();
  if (unplayable !== null) return <Message title={t('unsupported', { mime: unplayable })} />;
  const isStarting = state.state === 'playing' || state.state === 'connecting';
  if (needsStill && isStarting) return null;
  if (state.state === 'playing') return hasPicture ? null : <Message title={t('waiting')} />;
  if (state.state === 'connecting') return hasPicture ? null : <Message title={t('connecting')} />;
  const since = t('lostSince', { time: formatTime(state.since), span: formatSpan(now() - state.since) });
  if (state.state === 'disconnected')
    return <Message icon={<Unplug />} title={t('disconnected')} detail={since} />;
  if (state.state === 'lost') {
    return (
      <Message
        icon={<VideoOff />}
        title={t('lost')}
        detail={[since, state.detail].filter(Boolean).join(' · ')}
      />
    );
  }
  return <Message icon={<VideoOff />} title={t(state.state)} detail={state.detail} />;
}

function Message({ icon, title, detail }: { icon?: React.ReactNode; title: string; detail?: string }) {
  return (
    <div className={styles.message} role="status">
      {icon}
      <p>{title}</p>
      {detail !== undefined && detail !== '' && <p className={styles.detail}>{detail}</p>}
    </div>
  );
}

function AgeChip({ live }: { live: Live }) {
  const t = playerTexts.useText();
  useNow();
  const wall = live.hasPicture ? live.wallNow() : null;
  const age = wall === null ? 0 : now() - wall;
  if (age < oldMs) return null;
  return <p className={classes(styles.chip, styles.age)}>{t('age', { span: formatSpan(age) })}</p>;
}
