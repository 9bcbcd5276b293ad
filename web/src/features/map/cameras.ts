import type { CameraState, Schemas } from '@/shared/api';

import { distanceM, wedge, type Position } from './geometry';

/** A camera with a place, as the compact table gives it. */
export interface MapCamera {
  id: string;
  name: string;
  at: Position;
  heading: number | null;
  fieldOfView: number | null;
  range: number | null;
  state: CameraState;
}

const states: readonly CameraState[] = ['ok', 'degraded', 'lost', 'off'];

function numberAt(row: readonly unknown[], index: number): number | null {
  const value = row[index];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textAt(row: readonly unknown[], index: number): string {
  const value = row[index];
  return typeof value === 'string' ? value : '';
}

/** Reads the table by the names of its columns; rows without a place are left out. */
export function readCameras(map: Schemas['CameraMap']): MapCamera[] {
  const at = (name: string): number => map.columns.indexOf(name);
  const [id, name, latitude, longitude] = [at('id'), at('name'), at('latitude'), at('longitude')];
  return map.rows.flatMap((row) => {
    const lat = numberAt(row, latitude);
    const lon = numberAt(row, longitude);
    if (lat === null || lon === null) return [];
    const state = states.find((each) => each === textAt(row, at('state'))) ?? 'off';
    const camera: MapCamera = {
      id: textAt(row, id),
      name: textAt(row, name) || textAt(row, id),
      at: [lon, lat],
      heading: numberAt(row, at('heading')),
      fieldOfView: numberAt(row, at('field_of_view')),
      range: numberAt(row, at('range')),
      state,
    };
    return [camera];
  });
}

export interface NearCamera {
  camera: MapCamera;
  metres: number;
}

/** Cameras within a circle, the nearest first. */
export function camerasWithin(cameras: readonly MapCamera[], centre: Position, metres: number): NearCamera[] {
  return cameras
    .map((camera) => ({ camera, metres: distanceM(centre, camera.at) }))
    .filter((near) => near.metres <= metres)
    .sort((one, other) => one.metres - other.metres);
}

const usualAngle = 60;
const usualRange = 50;

/** Points with their state, for clusters and symbols. */
export function cameraPoints(cameras: readonly MapCamera[], gravities: ReadonlyMap<string, number>) {
  return {
    type: 'FeatureCollection' as const,
    features: cameras.map((camera) => ({
      type: 'Feature' as const,
      properties: {
        id: camera.id,
        name: camera.name,
        isFaulty: camera.state === 'ok' ? 0 : 1,
        gravity: gravities.get(camera.id) ?? 0,
      },
      geometry: { type: 'Point' as const, coordinates: camera.at },
    })),
  };
}

/** What each camera sees; those without a heading see no known way. */
export function cameraWedges(cameras: readonly MapCamera[], gravities: ReadonlyMap<string, number>) {
  return {
    type: 'FeatureCollection' as const,
    features: cameras
      .filter((camera) => camera.heading !== null && camera.state !== 'off')
      .map((camera) => ({
        type: 'Feature' as const,
        properties: { id: camera.id, gravity: gravities.get(camera.id) ?? 0 },
        geometry: {
          type: 'Polygon' as const,
          coordinates: [
            wedge(
              camera.at,
              camera.heading ?? 0,
              camera.fieldOfView ?? usualAngle,
              camera.range ?? usualRange,
            ),
          ],
        },
      })),
  };
}
