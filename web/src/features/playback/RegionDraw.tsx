import { useLayoutEffect, useRef, useState, type PointerEvent } from 'react';

import { useKey } from '@/shared/keyboard';

import styles from './Playback.module.css';
import { clampPoint, isNear, rectangle, type Point, type Region } from './region';
import { playbackTexts } from './texts';

interface RegionDrawProps {
  region: Region;
  /** The shape of the picture, which lies in the middle of the screen. */
  picture: { width: number; height: number };
  onRegion: (region: Region) => void;
}

const dragShare = 0.012;
const closeShare = 0.025;

/** Drag for a rectangle; click corner after corner for a polygon, and the first again to close it. */
export function RegionDraw({ region, picture, onRegion }: RegionDrawProps) {
  const t = playbackTexts.useText();
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [corners, setCorners] = useState<Region>([]);
  const [cursor, setCursor] = useState<Point | null>(null);
  const start = useRef<Point | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useKey('playback', 'Escape', () => setCorners([]), t('regionReset'), { when: corners.length > 0 });

  const scale = Math.min(size.width / picture.width, size.height / picture.height);
  const frame = { width: picture.width * scale, height: picture.height * scale };
  const pointOf = (event: PointerEvent): Point => {
    const rect = event.currentTarget.getBoundingClientRect();
    return clampPoint([
      (event.clientX - rect.left) / Math.max(1, rect.width),
      (event.clientY - rect.top) / Math.max(1, rect.height),
    ]);
  };
  const onDown = (event: PointerEvent<SVGSVGElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = pointOf(event);
  };
  const onMove = (event: PointerEvent<SVGSVGElement>): void => {
    const point = pointOf(event);
    setCursor(point);
    const from = start.current;
    if (from && corners.length === 0 && !isNear(from, point, dragShare)) onRegion(rectangle(from, point));
  };
  const onUp = (event: PointerEvent<SVGSVGElement>): void => {
    const point = pointOf(event);
    const from = start.current;
    start.current = null;
    if (!from) return;
    if (corners.length === 0 && !isNear(from, point, dragShare)) {
      onRegion(rectangle(from, point));
      return;
    }
    const first = corners[0];
    if (first && corners.length > 2 && isNear(first, point, closeShare)) {
      onRegion(corners);
      setCorners([]);
    } else {
      if (corners.length === 0) onRegion([]);
      setCorners([...corners, point]);
    }
  };
  const open = corners.length > 0 && cursor ? [...corners, cursor] : corners;
  const path = (points: Region): string =>
    points.map(([x, y]) => `${x * frame.width},${y * frame.height}`).join(' ');
  return (
    <div ref={box} className={styles.draw}>
      <svg
        width={frame.width}
        height={frame.height}
        role="application"
        aria-label={t('regionDraw')}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
      >
        {region.length > 2 && <polygon className={styles.region} points={path(region)} />}
        {open.length > 0 && <polyline className={styles.regionOpen} points={path(open)} />}
        {corners.map(([x, y]) => (
          <circle
            key={`${x},${y}`}
            className={styles.corner}
            cx={x * frame.width}
            cy={y * frame.height}
            r={4}
          />
        ))}
      </svg>
    </div>
  );
}
