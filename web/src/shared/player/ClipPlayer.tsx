import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';

import { answer, api, fetchBytes } from '@/shared/api';
import type { Incident } from '@/shared/api';
import { classes } from '@/shared/ui';

import { SceneTrail } from './boxes';
import { Overlay } from './Overlay';
import styles from './Player.module.css';
import { useBlobAddress } from './StillPlayer';
import { playerTexts } from './texts';

export interface Clip {
  address: string | null;
  /** Wall clock of the first picture, milliseconds since 1970. */
  startMs: number;
  isLoading: boolean;
  error: unknown;
}

/** A clip while its incident goes on is fetched again when it has grown by this much. */
const growMs = 15_000;

/** Fetches the clip of an incident once: each fetch is a line in the audit log. */
export function useClip(incident: Pick<Incident, 'id' | 'clip_from' | 'clip_to'>): Clip {
  const length = Math.floor(Date.parse(incident.clip_to) / growMs);
  const clip = useQuery({
    queryKey: ['clip', incident.id, length],
    queryFn: async ({ signal }) => {
      const path = `/api/v1/incidents/${encodeURIComponent(incident.id)}/clip`;
      const response = await fetchBytes(path, signal, `incident:${incident.id}`);
      const base = Number(response.headers.get('Bongsu-Media-Base') ?? NaN);
      return { blob: await response.blob(), startMs: Number.isFinite(base) ? base * 1000 : null };
    },
    staleTime: Infinity,
    gcTime: 60_000,
    retry: 1,
    structuralSharing: false,
    placeholderData: (before, query) => (query?.queryKey[1] === incident.id ? before : undefined),
  });
  const address = useBlobAddress(clip.data?.blob);
  const startMs = clip.data?.startMs ?? Date.parse(incident.clip_from);
  return { address, startMs, isLoading: clip.isPending, error: clip.error };
}

export interface ClipControls {
  video: RefObject<HTMLVideoElement>;
  /** Wall clock of the picture that is shown; null before the first. */
  wallNow: () => number | null;
  seekWall: (wallMs: number) => void;
}

interface ClipPlayerProps {
  incident: Pick<Incident, 'id' | 'clip_from' | 'clip_to'>;
  name: string;
  hasBoxes: boolean;
  marked: ReadonlySet<number>;
  gravity: number;
  speed: number;
  /** Shown until the clip is there, and in its place when there is none. */
  snapshot: string | null;
  video: RefObject<HTMLVideoElement>;
  clip: Clip;
}

/** The clip of an incident, looping, with the boxes of its tracks in step. */
export function ClipPlayer(props: ClipPlayerProps) {
  const { incident, name, hasBoxes, marked, gravity, speed, snapshot, video, clip } = props;
  const t = playerTexts.useText();
  const [picture, setPicture] = useState({ width: 16, height: 9 });
  const [hasPicture, setHasPicture] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const scenes = useQuery({
    queryKey: ['incident', incident.id, 'scenes'],
    queryFn: () =>
      answer(api.GET('/api/v1/incidents/{incident}/scenes', { params: { path: { incident: incident.id } } })),
    staleTime: 60_000,
    retry: false,
  });
  const trail = useMemo(() => (scenes.data ? SceneTrail.ofSpan(scenes.data) : null), [scenes.data]);
  const { startMs, address } = clip;
  const sceneNow = useCallback(
    (mediaS?: number) => {
      if (!hasBoxes || trail === null || !video.current) return null;
      return trail.at(startMs + (mediaS ?? video.current.currentTime) * 1000);
    },
    [hasBoxes, trail, startMs, video],
  );

  useEffect(() => {
    setHasPicture(false);
    setBroken(false);
  }, [address]);
  useEffect(() => {
    if (video.current) video.current.playbackRate = speed;
  }, [speed, address, video]);

  const isMissing = clip.error !== null || isBroken;
  return (
    <div className={styles.frame}>
      {!hasPicture && snapshot !== null && (
        <img
          className={classes(styles.picture, styles.contain)}
          src={snapshot}
          alt={t('pictureOf', { camera: name })}
        />
      )}
      {address !== null && (
        <video
          ref={video}
          src={address}
          muted
          loop
          autoPlay
          playsInline
          disablePictureInPicture
          aria-label={t('pictureOf', { camera: name })}
          className={classes(styles.picture, styles.contain, !hasPicture && styles.hidden)}
          onLoadedData={(event) => {
            setPicture({ width: event.currentTarget.videoWidth, height: event.currentTarget.videoHeight });
            setHasPicture(true);
          }}
          onError={() => setBroken(true)}
        />
      )}
      {hasPicture && (
        <Overlay
          sceneNow={sceneNow}
          video={video}
          picture={picture}
          fit="contain"
          zones={noZones}
          masks={noMasks}
          marked={marked}
          gravity={gravity}
        />
      )}
      {isMissing && <MissingNote hasSnapshot={snapshot !== null} />}
    </div>
  );
}

const noZones: readonly never[] = [];
const noMasks: readonly never[] = [];

function MissingNote({ hasSnapshot }: { hasSnapshot: boolean }) {
  const t = playerTexts.useText();
  if (hasSnapshot) return <p className={classes(styles.chip, styles.note)}>{t('noClipText')}</p>;
  return (
    <div className={styles.message} role="status">
      <p>{t('noClip')}</p>
    </div>
  );
}

/** A video element with its wall clock, for timelines. */
export function useClipControls(startMs: number): ClipControls {
  const video = useRef<HTMLVideoElement>(null);
  const wallNow = useCallback(
    () => (video.current && video.current.readyState > 0 ? startMs + video.current.currentTime * 1000 : null),
    [startMs],
  );
  const seekWall = useCallback(
    (wallMs: number) => {
      const element = video.current;
      if (!element || !Number.isFinite(element.duration)) return;
      element.currentTime = Math.min(element.duration - 0.05, Math.max(0, (wallMs - startMs) / 1000));
    },
    [startMs],
  );
  return { video, wallNow, seekWall };
}
