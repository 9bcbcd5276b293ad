import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';

import { answer, api, type Incident } from '@/shared/api';
import { classes } from '@/shared/ui';

import { SceneTrail } from './boxes';
import { Overlay } from './Overlay';
import styles from './Player.module.css';
import { playerTexts } from './texts';
import type { Clip } from './useClip';

interface ClipPlayerProps {
  incident: Pick<Incident, 'id'>;
  name: string;
  clip: Clip;
  hasBoxes: boolean;
  marked: ReadonlySet<number>;
  gravity: number;
  speed: number;
  /** Shown until the clip is there, and in its place when there is none. */
  snapshot: string | null;
}

const noZones: readonly never[] = [];

function useTrail(incident: string): SceneTrail | null {
  const scenes = useQuery({
    queryKey: ['incident', incident, 'scenes'],
    queryFn: () => answer(api.GET('/api/v1/incidents/{incident}/scenes', { params: { path: { incident } } })),
    staleTime: 60_000,
    retry: false,
  });
  return useMemo(() => (scenes.data ? SceneTrail.ofSpan(scenes.data) : null), [scenes.data]);
}

/** The clip of an incident, looping, with the boxes of its tracks in step. */
export function ClipPlayer({
  incident,
  name,
  clip,
  hasBoxes,
  marked,
  gravity,
  speed,
  snapshot,
}: ClipPlayerProps) {
  const t = playerTexts.useText();
  const [picture, setPicture] = useState({ width: 16, height: 9 });
  const trail = useTrail(incident.id);
  const { video, phase, wallNow, onPicture } = clip;
  const sceneNow = useCallback(
    (mediaS?: number) => {
      const wall = wallNow(mediaS);
      return hasBoxes && trail !== null && wall !== null ? trail.at(wall) : null;
    },
    [hasBoxes, trail, wallNow],
  );
  useEffect(() => {
    if (video.current) video.current.playbackRate = speed;
  }, [speed, phase, video]);
  const hasPicture = phase === 'ready';
  return (
    <div className={styles.frame}>
      {!hasPicture && snapshot !== null && (
        <img
          className={classes(styles.picture, styles.contain)}
          src={snapshot}
          alt={t('pictureOf', { camera: name })}
        />
      )}
      <video
        ref={video}
        muted
        autoPlay
        playsInline
        disablePictureInPicture
        aria-label={t('pictureOf', { camera: name })}
        className={classes(styles.picture, styles.contain, !hasPicture && styles.hidden)}
        onLoadedData={(event) => {
          const { videoWidth: width, videoHeight: height } = event.currentTarget;
          setPicture({ width, height });
          onPicture();
        }}
      />
      {hasPicture && (
        <Overlay
          sceneNow={sceneNow}
          video={video}
          picture={picture}
          fit="contain"
          zones={noZones}
          marked={marked}
          gravity={gravity}
        />
      )}
      <Note clip={clip} hasSnapshot={snapshot !== null} />
    </div>
  );
}

function Note({ clip, hasSnapshot }: { clip: Clip; hasSnapshot: boolean }) {
  const t = playerTexts.useText();
  if (clip.unplayable !== null) {
    return <p className={classes(styles.chip, styles.note)}>{t('unsupported', { mime: clip.unplayable })}</p>;
  }
  if (clip.phase !== 'missing') return null;
  if (hasSnapshot) return <p className={classes(styles.chip, styles.note)}>{t('noClipText')}</p>;
  return (
    <div className={styles.message} role="status">
      <p>{t('noClip')}</p>
    </div>
  );
}
