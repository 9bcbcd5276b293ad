import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

import type { Schemas } from '@/shared/api';
import { cameraName } from '@/shared/cameras/names';
import { kindWords } from '@/shared/incidents';
import { usePreferences } from '@/shared/session/preferences';
import { formatTime, now, useNow } from '@/shared/time/time';

import type { Deck } from './deck';
import { drawTimeline, timelineLook, type TimelineRow } from './drawTimeline';
import styles from './Playback.module.css';
import { playbackTexts } from './texts';
import { followView, panView, timeAt, xOf, zoomView, type TimeView } from './timeScale';

interface TimelineProps {
  deck: Deck;
  view: TimeView;
  onView: (view: TimeView) => void;
  rows: readonly TimelineRow[];
  range: { from: number | null; to: number | null };
  moments: readonly Schemas['Moment'][];
  momentCamera: string;
}

const rulerRem = 1.5;
const rowRem = 1.5;
const clickPx = 4;
/** After the user moved the timeline it does not follow the pictures for so long. */
const restMs = 5_000;

function remPx(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/** Wheel: closer and wider; drag: along; click: go there. Drawn on a canvas; only the line of the present moves by itself. */
export function Timeline(props: TimelineProps) {
  const { deck, view, onView, rows, range, moments, momentCamera } = props;
  const t = playbackTexts.useText();
  const theme = usePreferences((store) => store.theme);
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [hover, setHover] = useState<number | null>(null);
  const drag = useRef<{ x: number; view: TimeView; isMoved: boolean } | null>(null);
  const movedAt = useRef(-Infinity);
  const latest = useRef({ view, onView, width });
  latest.current = { view, onView, width };
  const minute = Math.floor(useNow() / 2000);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const height = (rulerRem + Math.max(1, rows.length) * rowRem) * remPx();
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || width === 0) return;
    const ratio = devicePixelRatio;
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(height * ratio);
    const metrics = { width, height, ratio, ruler: rulerRem * remPx(), row: rowRem * remPx() };
    const momentRow = rows.findIndex((row) => row.camera === momentCamera);
    const input = { view, rows, range, moments, momentRow, now: now() };
    drawTimeline(context, metrics, timelineLook(canvas.current), input);
  }, [view, rows, range, moments, momentCamera, width, height, theme, minute]);

  useWheel(box, latest, movedAt);
  useFollow(deck, latest, movedAt, drag);

  const momentOf = (event: PointerEvent): number =>
    timeAt(view, width, event.clientX - (box.current?.getBoundingClientRect().left ?? 0));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, view, isMoved: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    setHover(momentOf(event));
    const held = drag.current;
    if (!held) return;
    const moved = event.clientX - held.x;
    if (Math.abs(moved) > clickPx) held.isMoved = true;
    if (!held.isMoved) return;
    movedAt.current = performance.now();
    onView(panView(held.view, (-moved / Math.max(1, width)) * (held.view.to - held.view.from)));
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag.current && !drag.current.isMoved) deck.clock.seek(momentOf(event));
    drag.current = null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -0.02, ArrowRight: 0.02, PageUp: -0.25, PageDown: 0.25 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    deck.clock.seek(deck.clock.now() + step * (view.to - view.from));
  };
  return (
    <div
      ref={box}
      className={styles.timeline}
      style={{ height }}
      role="slider"
      tabIndex={0}
      aria-label={t('timeline')}
      aria-valuemin={Math.round(view.from / 1000)}
      aria-valuemax={Math.round(view.to / 1000)}
      aria-valuenow={Math.round(deck.clock.now() / 1000)}
      aria-valuetext={formatTime(deck.clock.now())}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={() => setHover(null)}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} className={styles.timelineCanvas} aria-hidden="true" />
      <RowNames rows={rows} />
      {hover !== null && <Hover view={view} width={width} moment={hover} rows={rows} />}
      <PlayHead deck={deck} view={view} width={width} />
    </div>
  );
}

/** One row says itself whose it is: the picture above has the name. */
function RowNames({ rows }: { rows: readonly TimelineRow[] }) {
  if (rows.length < 2) return null;
  return (
    <ul className={styles.rowNames} aria-hidden="true">
      {rows.map((row) => (
        <li key={row.camera}>
          <span>{cameraName(row.camera)}</span>
        </li>
      ))}
    </ul>
  );
}

type Latest = { current: { view: TimeView; onView: (view: TimeView) => void; width: number } };

function useWheel(
  box: { current: HTMLDivElement | null },
  latest: Latest,
  movedAt: { current: number },
): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      movedAt.current = performance.now();
      const { view, onView, width } = latest.current;
      const span = view.to - view.from;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        onView(panView(view, ((event.deltaX || event.deltaY) / Math.max(1, width)) * span));
        return;
      }
      const x = event.clientX - element.getBoundingClientRect().left;
      onView(zoomView(view, Math.exp(event.deltaY * 0.0018), timeAt(view, width, x)));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [box, latest, movedAt]);
}

function useFollow(
  deck: Deck,
  latest: Latest,
  movedAt: { current: number },
  drag: { current: unknown },
): void {
  useEffect(() => {
    const follow = (): void => {
      if (performance.now() - movedAt.current < restMs || drag.current) return;
      const { view, onView } = latest.current;
      const next = followView(view, deck.clock.now());
      if (next !== view) onView(next);
    };
    let jumps = deck.clock.jumps;
    const onClock = (): void => {
      if (deck.clock.jumps === jumps) return;
      jumps = deck.clock.jumps;
      const { view, onView } = latest.current;
      const next = followView(view, deck.clock.now());
      if (next !== view) onView(next);
    };
    const timer = setInterval(follow, 250);
    const stop = deck.clock.subscribe(onClock);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [deck, latest, movedAt, drag]);
}

function PlayHead({ deck, view, width }: { deck: Deck; view: TimeView; width: number }) {
  const line = useRef<HTMLDivElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let handle = 0;
    let before = -1;
    const move = (): void => {
      const moment = deck.clock.now();
      if (moment !== before && line.current && label.current) {
        const x = xOf(view, width, moment);
        line.current.style.transform = `translateX(${x}px)`;
        line.current.hidden = x < 0 || x > width;
        line.current.dataset.side = x > width - 120 ? 'left' : 'right';
        if (Math.floor(moment / 100) !== Math.floor(before / 100))
          label.current.textContent = `${formatTime(moment)}.${Math.floor((moment % 1000) / 100)}`;
        before = moment;
      }
      handle = requestAnimationFrame(move);
    };
    move();
    return () => cancelAnimationFrame(handle);
  }, [deck, view, width]);
  return (
    <div ref={line} className={styles.playHead}>
      <span ref={label} />
    </div>
  );
}

function Hover(props: { view: TimeView; width: number; moment: number; rows: readonly TimelineRow[] }) {
  const { view, width, moment, rows } = props;
  const x = xOf(view, width, moment);
  const near = ((view.to - view.from) / Math.max(1, width)) * 4;
  const found = rows
    .flatMap((row) => row.recordings.flatMap((recordings) => recordings.events))
    .filter((event) => {
      const to = event.to === null ? Date.parse(event.from) : Date.parse(event.to);
      return Date.parse(event.from) - near <= moment && moment <= to + near;
    });
  const words = [...new Set(found.map((event) => kindWords(event.kind)))].join(', ');
  return (
    <div
      className={styles.hover}
      data-side={x > width - 160 ? 'left' : 'right'}
      style={{ transform: `translateX(${x}px)` }}
    >
      <span>
        {formatTime(moment)}
        {words !== '' && ` ${words}`}
      </span>
    </div>
  );
}
