import type { CSSProperties } from 'react';

import type { IncidentReplay, ReplaySaid, ReplayStep, ReplayTrack } from '@/shared/api';
import { toGravity } from '@/shared/api';
import { common } from '@/shared/i18n';
import type { Clip } from '@/shared/player';
import { classes } from '@/shared/ui';

import styles from './Replay.module.css';
import { replayTexts } from './texts';

export function objectWords(name: string): string {
  const key = `objectClass.${name}`;
  return common.has(key) ? common.t(key) : name;
}

interface PictureProps {
  replay: IncidentReplay;
  step: ReplayStep;
  open: readonly ReplaySaid[];
  clip: Clip;
  name: string;
}

/** The recorded picture with everything that the rules saw in it. */
export function ReplayPicture({ replay, step, open, clip, name }: PictureProps) {
  const t = replayTexts.useText();
  const { width, height } = replay;
  const gravityOf = new Map(
    open.flatMap((said) => said.tracks.map((track) => [track, said.gravity] as const)),
  );
  const ratio = { '--ratio': width / Math.max(1, height) } as CSSProperties;
  return (
    <div className={styles.stage}>
      <div className={styles.picture} style={ratio} data-over="picture">
        <video
          ref={clip.video}
          muted
          playsInline
          disablePictureInPicture
          aria-label={name}
          className={classes(styles.video, clip.phase !== 'ready' && styles.hidden)}
          onLoadedData={clip.onPicture}
        />
        {clip.phase === 'missing' && <p className={styles.noPicture}>{t('noPicture')}</p>}
        <svg className={styles.shapes} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {replay.zones.map((zone) => (
            <polygon
              key={zone.id}
              className={styles.zone}
              points={zone.points.map(([x = 0, y = 0]) => `${x * width},${y * height}`).join(' ')}
            />
          ))}
          {open.map((said) => (
            <Rectangle
              key={said.id}
              box={said.box}
              className={classes(styles.place, styles[`g${toGravity(said.gravity)}`])}
            />
          ))}
          {step.tracks.map((track) => (
            <TrackBox key={track.id} track={track} gravity={gravityOf.get(track.id)} />
          ))}
        </svg>
        {step.tracks.map((track) => (
          <TrackName key={track.id} track={track} width={width} height={height} />
        ))}
      </div>
    </div>
  );
}

function Rectangle({ box, className }: { box: readonly number[]; className: string }) {
  const [x = 0, y = 0, width = 0, height = 0] = box;
  return width > 0 && height > 0 ? <rect {...{ x, y, width, height, className }} /> : null;
}

function TrackBox({ track, gravity }: { track: ReplayTrack; gravity: number | undefined }) {
  const mark = gravity === undefined ? undefined : styles[`g${toGravity(gravity)}`];
  return (
    <>
      <Rectangle box={track.box} className={classes(styles.casing)} />
      <Rectangle box={track.box} className={classes(styles.track, styles[track.state], mark)} />
    </>
  );
}

/** Number and score of a track, at the top of its box; inside the picture. */
function TrackName({ track, width, height }: { track: ReplayTrack; width: number; height: number }) {
  const [x = 0, y = 0, boxWidth = 0, boxHeight = 0] = track.box;
  // A lost track may have left the picture.
  if (x >= width || y >= height || x + boxWidth <= 0 || y + boxHeight <= 0) return null;
  const place = {
    left: `${Math.max(0, Math.min(92, (x / width) * 100))}%`,
    top: `${Math.max(4, Math.min(100, (y / height) * 100))}%`,
  };
  return (
    <span className={styles.name} style={place} aria-hidden="true">
      {track.id} · {track.score.toFixed(2)}
    </span>
  );
}
