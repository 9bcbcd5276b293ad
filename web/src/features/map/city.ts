import type { FeatureCollection } from 'geojson';

import type { Position } from './geometry';

export interface Label {
  name: string;
  at: Position;
}

/** The ground of the map as the server gives it: features with `kind`, roads with `class`, places with `name`. */
export interface City {
  document: FeatureCollection;
  places: readonly Label[];
}

function isCollection(value: unknown): value is FeatureCollection {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'FeatureCollection' &&
    'features' in value &&
    Array.isArray(value.features)
  );
}

/** Null when it is no GeoJSON (RFC 7946). */
export function readCity(value: unknown): City | null {
  if (!isCollection(value)) return null;
  const places = value.features.flatMap(({ properties, geometry }): Label[] => {
    const name: unknown = properties?.name;
    if (properties?.kind !== 'place' || typeof name !== 'string' || geometry.type !== 'Point') return [];
    const [lon, lat] = geometry.coordinates;
    return lon === undefined || lat === undefined ? [] : [{ name, at: [lon, lat] }];
  });
  return { document: value, places };
}
