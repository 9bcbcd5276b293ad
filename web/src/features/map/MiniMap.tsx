import { useLayoutEffect, useRef, useState } from 'react';

import type { CameraSummary } from '@/shared/api';
import { useKnownCameras } from '@/shared/cameras/names';
import { usePreferences } from '@/shared/session/preferences';
import { classes } from '@/shared/ui';

import { drawBackdrop, projector } from './backdrop';
import { wedge, type Position } from './geometry';
import styles from './MiniMap.module.css';
import { mapLook } from './style';
import { mapTexts } from './texts';
import { useCity, useMapSources } from './useMapData';

interface MiniMapProps {
  /** In the middle, with what it sees. */
  camera: string;
  /** Around it, with their names when there is room. */
  neighbours: readonly { camera: string; name: string; distance_m: number }[];
  gravity?: number | null;
  onCamera?: (id: string) => void;
}

const leastReach = 60;
const margin = 0.8;
const usualAngle = 60;
const usualRange = 40;
const lineHeight = 14;

/** The place of a camera on the city's ground, without WebGL: for the side of a page. North is up. */
export function MiniMap({ camera, neighbours, gravity = null, onCamera }: MiniMapProps) {
  const t = mapTexts.useText();
  const theme = usePreferences((store) => store.theme);
  const sources = useMapSources().data;
  const city = useCity(sources?.geojson).data;
  const known = useKnownCameras([camera, ...neighbours.map((each) => each.camera)]);
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const self = placed(known.get(camera)?.place);
  const farthest = Math.max(leastReach, ...neighbours.map((each) => each.distance_m));
  const scale = ((Math.min(size.width, size.height * 1.6) / 2) * margin) / farthest;
  const [lon, lat] = self?.at ?? [0, 0];
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || !city || size.width === 0 || lon === 0) return;
    const ratio = devicePixelRatio;
    const [width, height] = [size.width * ratio, size.height * ratio];
    canvas.current.width = width;
    canvas.current.height = height;
    drawBackdrop(context, city, mapLook(), { centre: [lon, lat], scale: scale * ratio, width, height });
  }, [city, size, lon, lat, scale, theme]);

  const project = projector({ centre: [lon, lat], scale, ...size });
  const near = neighbours.flatMap(({ camera: id, name }) => {
    const found = placed(known.get(id)?.place);
    return found ? [{ id, name, place: project(found.at) }] : [];
  });
  const named = new Set(withRoom(near, size.height / 2));
  const view = self ? sectorOf(self, project) : '';
  if (known.has(camera) && !self) return <p className={styles.none}>{t('noPlace')}</p>;
  return (
    <div ref={box} className={styles.map} role="group" aria-label={t('title')}>
      <canvas ref={canvas} className={styles.ground} aria-hidden="true" />
      {self && (
        <svg className={styles.ground} aria-hidden="true">
          <polygon className={styles.view} points={view} data-gravity={gravity ?? 0} />
        </svg>
      )}
      {near.map(({ id, name, place: [x, y] }) => (
        <button
          key={id}
          type="button"
          className={styles.dot}
          style={{ transform: `translate(${x}px, ${y}px)` }}
          title={name}
          onClick={() => onCamera?.(id)}
        >
          <span
            className={
              named.has(id) ? classes(styles.name, x > size.width / 2 && styles.left) : 'visually-hidden'
            }
          >
            {name}
          </span>
        </button>
      ))}
      {self && <span className={styles.self} data-gravity={gravity ?? 0} />}
    </div>
  );
}

type Place = NonNullable<CameraSummary['place']>;

/** A place that can be drawn. */
interface Placed extends Place {
  at: Position;
}

function placed(place: Place | undefined): Placed | null {
  if (place?.latitude === undefined || place.longitude === undefined) return null;
  return { ...place, at: [place.longitude, place.latitude] };
}

interface Near {
  id: string;
  place: [number, number];
}

/** Names that would lie over others, or over the camera in the middle, are left to the tooltip. */
function withRoom(near: readonly Near[], middle: number): string[] {
  const taken: number[] = [middle];
  return near.flatMap(({ id, place: [, y] }) => {
    if (taken.some((other) => Math.abs(other - y) < lineHeight)) return [];
    taken.push(y);
    return [id];
  });
}

function sectorOf(place: Placed, project: (at: readonly number[]) => [number, number]): string {
  if (place.heading === undefined) return '';
  return wedge(place.at, place.heading, place.field_of_view ?? usualAngle, place.range ?? usualRange)
    .map((point) => project(point).join(','))
    .join(' ');
}
