import type { Schemas } from '@/shared/api';
import { useCamera, useCameras } from '@/shared/cameras/names';

import styles from './Context.module.css';
import type { Neighbour } from './NeighbourStrip';
import { queueTexts } from './texts';

const metresPerDegree = 111_320;
const width = 320;
const height = 152;
const radius = 62;
const lineHeight = 11;
const niceRadii = [25, 50, 100, 200, 500, 1000, 2000, 5000];

type Place = Schemas['Place'] & { latitude: number; longitude: number };

function located(place: Schemas['Place'] | undefined): Place | null {
  if (place?.latitude === undefined || place.longitude === undefined) return null;
  return { ...place, latitude: place.latitude, longitude: place.longitude };
}

/** Metres east and north of a place. */
function offset(from: Place, to: Place): { east: number; north: number } {
  const scale = Math.cos((from.latitude * Math.PI) / 180);
  return {
    east: (to.longitude - from.longitude) * metresPerDegree * scale,
    north: (to.latitude - from.latitude) * metresPerDegree,
  };
}

/** The sector that the camera sees, as a path around the middle. */
function sector(heading: number, angle: number, reach: number): string {
  const at = (degrees: number): string => {
    const radians = ((degrees - 90) * Math.PI) / 180;
    return `${(width / 2 + Math.cos(radians) * reach).toFixed(1)} ${(height / 2 + Math.sin(radians) * reach).toFixed(1)}`;
  };
  const large = angle > 180 ? 1 : 0;
  return `M${width / 2} ${height / 2}L${at(heading - angle / 2)}A${reach} ${reach} 0 ${large} 1 ${at(heading + angle / 2)}Z`;
}

interface Dot {
  id: string;
  name: string;
  x: number;
  y: number;
  /** Whether there is room for the name beside it. */
  isNamed: boolean;
}

/** Where the neighbours stand on the map. Names that would lie over others are left to the tooltip. */
function toDots(
  neighbours: readonly Neighbour[],
  places: readonly (Place | null)[],
  centre: Place,
  scale: number,
): Dot[] {
  const dots: Dot[] = [];
  neighbours.forEach((neighbour, index) => {
    const place = places[index];
    if (!place) return;
    const { east, north } = offset(centre, place);
    const x = width / 2 + east * scale;
    const y = height / 2 - north * scale;
    const isClear = dots.every((dot) => !dot.isNamed || Math.abs(dot.y - y) > lineHeight);
    const isNamed = isClear && Math.abs(y - height / 2) > lineHeight / 2;
    dots.push({ id: neighbour.camera, name: neighbour.name, x, y, isNamed });
  });
  return dots;
}

function NeighbourDot({ dot }: { dot: Dot }) {
  const { name, x, y, isNamed } = dot;
  const isRight = x >= width / 2;
  return (
    <g>
      <title>{name}</title>
      <circle className={styles.near} cx={x} cy={y} r={3.5} />
      {isNamed && (
        <text
          className={styles.name}
          x={isRight ? x + 7 : x - 7}
          y={y + 3}
          textAnchor={isRight ? 'start' : 'end'}
        >
          {name.length > 12 ? `${name.slice(0, 11)}…` : name}
        </text>
      )}
    </g>
  );
}

/** North up: the camera in the middle with what it sees, the cameras around at their distance. */
export function MiniMap({ camera, neighbours }: { camera: string; neighbours: readonly Neighbour[] }) {
  const t = queueTexts.useText();
  const place = located(useCamera(camera)?.place);
  const known = useCameras((store) => store.cameras);
  const places = neighbours.map((neighbour) => located(known.get(neighbour.camera)?.place));
  if (place === null) return <p className={styles.none}>{t('noPlace')}</p>;
  const farthest = Math.max(20, ...neighbours.map((neighbour) => neighbour.distance_m));
  const reach = niceRadii.find((each) => each >= farthest) ?? farthest;
  const scale = radius / reach;
  return (
    <svg className={styles.map} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('where')}>
      <circle className={styles.ring} cx={width / 2} cy={height / 2} r={radius} />
      <circle className={styles.ring} cx={width / 2} cy={height / 2} r={radius / 2} />
      <text className={styles.scale} x={width / 2} y={height / 2 - radius + 9} textAnchor="middle">
        {reach < 1000 ? t('metres', { n: reach }) : t('kilometres', { n: reach / 1000 })}
      </text>
      {place.heading !== undefined && (
        <path className={styles.view} d={sector(place.heading, place.field_of_view ?? 60, radius * 0.55)} />
      )}
      {toDots(neighbours, places, place, scale).map((dot) => (
        <NeighbourDot key={dot.id} dot={dot} />
      ))}
      <circle className={styles.self} cx={width / 2} cy={height / 2} r={4.5} />
    </svg>
  );
}
