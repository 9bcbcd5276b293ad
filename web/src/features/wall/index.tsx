import { Eye, LayoutGrid, Maximize, MonitorUp, Pause, Play } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

import { ShiftForm } from '@/app/ShiftForm';
import type { Tile, Wall } from '@/shared/api';
import { cameraName } from '@/shared/cameras/names';
import { useKey } from '@/shared/keyboard';
import { formatSpan } from '@/shared/time/time';
import { Button, classes, Empty, ErrorState, IconButton, Input, Loading, Segmented } from '@/shared/ui';

import { Enlarged } from './Enlarged';
import { layoutOf, layouts, neighbourPlace, slotsFrom, type Direction } from './layouts';
import { wallTexts } from './texts';
import { TileGrid } from './TileGrid';
import { liveCameras } from './tilePolicy';
import { useWall, useWallWish } from './useWall';
import styles from './Wall.module.css';

/** The selective wall: what is worth seeing now, and the rest passing by so that none stays unseen. */
export default function WallPage() {
  const t = wallTexts.useText();
  const wall = useWall();
  if (wall.isPending) return <Loading rows={6} />;
  if (wall.isError && !wall.data) {
    return <ErrorState title={t('failed')} error={wall.error} onRetry={() => void wall.refetch()} />;
  }
  if (!wall.data.is_on_shift) {
    return (
      <Empty icon={<LayoutGrid />} title={t('offTitle')} text={t('offText')}>
        <ShiftForm wall={wall.data} />
      </Empty>
    );
  }
  return <OnShift wall={wall.data} />;
}

function OnShift({ wall }: { wall: Wall }) {
  const t = wallTexts.useText();
  const [search] = useSearchParams();
  const isBare = search.get('screen') === '1';
  const root = useRef<HTMLDivElement>(null);
  const wish = useWallWish();
  const [place, setPlace] = useState(0);
  const [columns, setColumns] = useState(1);
  const tiles = wall.tiles;
  const fixed = tiles.slice(0, tiles.length - wall.carousel);
  const row = tiles.slice(tiles.length - wall.carousel);
  // With room for all cameras nothing passes by: the pictures get the place of the empty row.
  const passing = row.every((tile) => tile === null) ? [] : row;
  const chosen: Tile | null = tiles[place] ?? null;
  const enlarged = tiles.find((tile) => tile?.is_focused) ?? null;
  const shown = useMemo(() => tiles.filter((tile): tile is Tile => tile !== null), [tiles]);
  const live = useMemo(() => liveCameras(shown, isBare), [shown, isBare]);

  const togglePin = (tile: Tile | null): void => {
    if (tile === null) return;
    const pins = wall.pins.includes(tile.camera)
      ? wall.pins.filter((pin) => pin !== tile.camera)
      : [...wall.pins, tile.camera];
    wish.mutate({ pins });
  };
  const enlarge = useCallback((tile: Tile | null) => wish.mutate({ focus: tile?.camera ?? null }), [wish]);
  const move = (direction: Direction): void =>
    setPlace((at) => neighbourPlace(at, direction, columns, tiles.length));
  const goFull = (): void => void root.current?.requestFullscreen().catch(() => undefined);
  const setSlots = (slots: number): void => wish.mutate({ slots });

  useKey('wall', 'ArrowLeft', () => move('left'), t('left'), { hidden: true });
  useKey('wall', 'ArrowRight', () => move('right'), t('right'), { hidden: true });
  useKey('wall', 'ArrowUp', () => move('up'), t('up'), { hidden: true });
  useKey('wall', 'ArrowDown', () => move('down'), t('down'), { hidden: true });
  useKey('wall', 'Enter', () => enlarge(chosen), t('enlarge'));
  useKey('wall', 'P', () => togglePin(chosen), t('pin'));
  useKey('wall', 'Space', () => wish.mutate({ is_paused: !wall.is_paused }), t('pause'));
  useKey('wall', 'Z', goFull, t('full'));

  const grid = (row: readonly (Tile | null)[], first: number, isStrip: boolean) => (
    <TileGrid
      tiles={row}
      live={live}
      chosen={place - first}
      isBare={isBare}
      isStrip={isStrip}
      onColumns={isStrip ? undefined : setColumns}
      onChoose={(at) => setPlace(first + at)}
      onEnlarge={enlarge}
    />
  );
  return (
    <div ref={root} className={classes(styles.page, isBare && styles.bare)}>
      {!isBare && (
        <WallBar
          wall={wall}
          onSlots={setSlots}
          onPause={() => wish.mutate({ is_paused: !wall.is_paused })}
          onFull={goFull}
        />
      )}
      <div className={styles.pictures}>
        {grid(fixed, 0, false)}
        {passing.length > 0 && (
          <section className={styles.passing} aria-label={t('carousel')}>
            {grid(passing, fixed.length, true)}
          </section>
        )}
        {enlarged !== null && !isBare && (
          <Enlarged tile={enlarged} onBack={() => enlarge(null)} onPin={() => togglePin(enlarged)} />
        )}
      </div>
    </div>
  );
}

interface WallBarProps {
  wall: Wall;
  onSlots: (slots: number) => void;
  onPause: () => void;
  onFull: () => void;
}

function WallBar({ wall, onSlots, onPause, onFull }: WallBarProps) {
  const t = wallTexts.useText();
  const openScreen = (): void => {
    window.open('/wall?screen=1', 'bongsu-wall', 'popup,width=1920,height=1080');
  };
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{t('title')}</h1>
      <Segmented
        label={t('layout')}
        value={String(wall.slots)}
        choices={layouts.map((n) => ({ value: String(n), label: n }))}
        onChange={(value) => onSlots(Number(value))}
      />
      <OwnLayout slots={wall.slots} onSlots={onSlots} />
      <LayoutKeys onSlots={onSlots} />
      <Button look="quiet" icon={wall.is_paused ? <Play /> : <Pause />} keyName="Space" onClick={onPause}>
        {t(wall.is_paused ? 'resume' : 'pause')}
      </Button>
      {wall.is_paused && <p className={styles.note}>{t('paused')}</p>}
      {wall.waiting_incidents.length > 0 && (
        <p className={styles.loud} role="status">
          {t('waiting', { n: wall.waiting_incidents.length })}
        </p>
      )}
      <span className={styles.space} />
      <Unseen wall={wall} />
      <IconButton label={t('second')} icon={<MonitorUp />} onClick={openScreen} />
      <IconButton label={t('full')} keyName="Z" icon={<Maximize />} onClick={onFull} />
    </header>
  );
}

/** Any other number of tiles: 0 goes to the field, Enter or leaving it takes the number. */
function OwnLayout({ slots, onSlots }: { slots: number; onSlots: (slots: number) => void }) {
  const t = wallTexts.useText();
  const field = useRef<HTMLInputElement>(null);
  const shown = layoutOf(slots) === null ? String(slots) : '';
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  useKey('wall', '0', () => field.current?.focus(), t('ownLayout'));
  const take = (): void => {
    const wanted = slotsFrom(text);
    if (wanted === null) setText(shown);
    else if (wanted !== slots) onSlots(wanted);
  };
  return (
    <form
      className={styles.own}
      onSubmit={(event) => {
        event.preventDefault();
        field.current?.blur();
      }}
    >
      <Input
        ref={field}
        label={t('ownLayout')}
        isLabelHidden
        inputMode="numeric"
        placeholder={t('ownHint')}
        title={t('ownLayout')}
        value={text}
        maxLength={2}
        onFocus={(event) => event.target.select()}
        onBlur={take}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}

/** Number keys choose layouts: 1 to 6 by size. */
function LayoutKeys({ onSlots }: { onSlots: (slots: number) => void }) {
  return layouts.map((n, at) => <LayoutKey key={n} digit={at + 1} slots={n} onSlots={onSlots} />);
}

function LayoutKey(props: { digit: number; slots: number; onSlots: (slots: number) => void }) {
  const t = wallTexts.useText();
  useKey('wall', String(props.digit), () => props.onSlots(props.slots), t('layoutOf', { n: props.slots }));
  return null;
}

function Unseen({ wall }: { wall: Wall }) {
  const t = wallTexts.useText();
  const camera = wall.longest_unseen;
  return (
    <p className={styles.unseen}>
      <Eye aria-hidden="true" />
      <span>{t('share', { n: wall.share })}</span>
      {wall.beyond > 0 && <span>{t('beyond', { n: wall.beyond })}</span>}
      {camera !== '' && (
        <span>
          {t('unseen')}{' '}
          <strong>
            {t('unseenValue', { camera: cameraName(camera), span: formatSpan(wall.unseen_s * 1000) })}
          </strong>
        </span>
      )}
      {wall.bound_s > 0 && <span>{t('bound', { span: formatSpan(wall.bound_s * 1000) })}</span>}
    </p>
  );
}
