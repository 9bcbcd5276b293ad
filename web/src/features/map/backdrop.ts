import type { City } from './city';
import type { Position } from './geometry';
import type { MapLook } from './style';

export interface Backdrop {
  centre: Position;
  /** Pixels of the canvas for one metre. */
  scale: number;
  width: number;
  height: number;
}

const metresPerDegree = 111_320;
/** Widths of roads in metres, and their least width in pixels. */
const roads: Readonly<Record<string, readonly [number, number]>> = {
  ring: [16, 2],
  main: [14, 2],
  street: [7, 1],
  lane: [4, 0.6],
};

/** Places in pixels: north up, the centre in the middle. */
export function projector({
  centre,
  scale,
  width,
  height,
}: Backdrop): (at: readonly number[]) => [number, number] {
  const [lon, lat] = centre;
  const east = metresPerDegree * Math.cos((lat * Math.PI) / 180) * scale;
  const north = metresPerDegree * scale;
  return ([x = lon, y = lat]) => [width / 2 + (x - lon) * east, height / 2 - (y - lat) * north];
}

type Project = (at: readonly number[]) => [number, number];

function trace(
  context: CanvasRenderingContext2D,
  points: readonly (readonly number[])[],
  project: Project,
): void {
  points.forEach((point, index) => {
    const [x, y] = project(point);
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
}

/** Draws the ground of the city around a place: for small maps that need no WebGL. */
export function drawBackdrop(
  context: CanvasRenderingContext2D,
  city: City,
  look: MapLook,
  at: Backdrop,
): void {
  const project = projector(at);
  context.fillStyle = look.land;
  context.fillRect(0, 0, at.width, at.height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const fills: Readonly<Record<string, string>> = {
    park: look.park,
    water: look.water,
    building: look.building,
  };
  for (const kind of ['park', 'water', 'building', 'road'] as const) {
    for (const { properties, geometry } of city.document.features) {
      if (properties?.kind !== kind) continue;
      context.beginPath();
      if (geometry.type === 'Polygon') {
        for (const ring of geometry.coordinates) trace(context, ring, project);
        context.fillStyle = fills[kind] ?? look.land;
        context.fill('evenodd');
      } else if (geometry.type === 'LineString') {
        const [metres, least] = roads[String(properties.class)] ?? [5, 1];
        trace(context, geometry.coordinates, project);
        context.strokeStyle = metres > 10 ? look.main : look.road;
        context.lineWidth = Math.max(least, metres * at.scale);
        context.stroke();
      }
    }
  }
}
