import { Pin } from 'lucide-react';
import { memo } from 'react';

import { toGravity, type Tile } from '@/shared/api';
import { kindWords } from '@/shared/incidents';
import { LivePlayer, StillPlayer } from '@/shared/player';
import { formatSpan, useNow } from '@/shared/time/time';
import { classes, Gravity } from '@/shared/ui';

import { wallTexts } from './texts';
import styles from './Wall.module.css';

/** Tiles are small: the sub stream is enough. */
const tileRole = 'sub';

interface WallTileProps {
  tile: Tile | null;
  isLive: boolean;
  isChosen: boolean;
  /** On the second monitor: pictures and labels only. */
  isBare: boolean;
  onChoose: () => void;
  onEnlarge: () => void;
}

/** One picture of the wall: its place, why it is here, and since when. */
export const WallTile = memo(function WallTile(props: WallTileProps) {
  const { tile, isLive, isChosen, isBare, onChoose, onEnlarge } = props;
  const t = wallTexts.useText();
  if (tile === null) {
    return (
      <div className={classes(styles.tile, styles.vacant)}>
        <span>{t('empty')}</span>
      </div>
    );
  }
  const gravity = tile.gravity > 0 ? toGravity(tile.gravity) : null;
  return (
    <button
      type="button"
      className={classes(styles.tile, gravity !== null && styles[`g${gravity}`], isChosen && styles.chosen)}
      aria-pressed={isChosen}
      onClick={onChoose}
      onDoubleClick={onEnlarge}
    >
      <span className={styles.picture}>
        {isLive ? (
          <LivePlayer
            camera={tile.camera}
            name={tile.name}
            role={tileRole}
            fit="cover"
            hasBoxes={!isBare}
            gravity={gravity}
          />
        ) : (
          <StillPlayer camera={tile.camera} name={tile.name} width={480} everyMs={5000} />
        )}
      </span>
      <span className={styles.label} data-over="picture">
        {tile.is_pinned && <Pin className={styles.pin} aria-label={t('pinned')} />}
        <span className={styles.place}>{tile.name}</span>
        {gravity !== null && <Gravity value={gravity} />}
        <Why tile={tile} />
      </span>
    </button>
  );
});

function Why({ tile }: { tile: Tile }) {
  wallTexts.useText();
  const now = useNow();
  return <span className={styles.why}>{whyTile(tile, now)}</span>;
}

/** One short sentence: why this camera is on the wall. */
export function whyTile(tile: Tile, nowMs: number): string {
  const span = formatSpan(Math.max(0, nowMs - Date.parse(tile.code_since)));
  return wallTexts.t(`why.${tile.code}`, { kind: kindWords(tile.kind), span, n: tile.count });
}
