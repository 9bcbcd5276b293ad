import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';

import type { Schemas } from '@/shared/api';

export interface MapLook {
  land: string;
  water: string;
  park: string;
  building: string;
  road: string;
  main: string;
  rail: string;
  text: string;
  ground: string;
  inverse: string;
  view: string;
  gravity: readonly string[];
  /** How much larger than on a usual screen everything is: marks are drawn in pixels, letters grow by themselves. */
  scale: number;
}

const usualLetters = 16;

/** The colours of the tokens, for the map. */
export function mapLook(): MapLook {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    land: token('--map-land'),
    water: token('--map-water'),
    park: token('--map-park'),
    building: token('--map-building'),
    road: token('--map-road'),
    main: token('--map-road-main'),
    rail: token('--map-rail'),
    text: token('--text'),
    ground: token('--ground'),
    inverse: token('--inverse'),
    view: token('--text-2'),
    gravity: [1, 2, 3, 4, 5].map((value) => token(`--gravity-${value}`)),
    scale: (parseFloat(style.fontSize) || usualLetters) / usualLetters,
  };
}

type Expression = unknown[];

/** A colour by the gravity of what happens there; `calm` for none. */
export function byGravity(look: MapLook, calm: string): Expression {
  const steps = look.gravity.flatMap((colour, index) => [index + 1, colour]);
  return ['step', ['get', 'gravity'], calm, ...steps];
}

const widths = {
  ring: [12, 1.5, 15, 7, 18, 30],
  main: [12, 1.2, 15, 6, 18, 26],
  street: [12, 0.4, 15, 3, 18, 16],
  lane: [13, 0.2, 15, 1.6, 18, 9],
} as const;

function widthOf(kind: keyof typeof widths): Expression {
  return ['interpolate', ['exponential', 1.5], ['zoom'], ...widths[kind]];
}

interface Names {
  source: string;
  /** Names of the layers of vector tiles; none for GeoJSON. */
  layer?: (name: string) => string;
}

function ground(
  look: MapLook,
  { source, layer }: Names,
  filters: Record<string, unknown>,
): LayerSpecification[] {
  const of = (name: string) => ({ source, ...(layer && { 'source-layer': layer(name) }) });
  const road = (kind: keyof typeof widths, colour: string) => ({
    id: `road-${kind}`,
    type: 'line',
    ...of('road'),
    filter: filters[kind],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': widthOf(kind) },
  });
  return [
    { id: 'park', type: 'fill', ...of('park'), filter: filters.park, paint: { 'fill-color': look.park } },
    { id: 'water', type: 'fill', ...of('water'), filter: filters.water, paint: { 'fill-color': look.water } },
    {
      id: 'building',
      type: 'fill',
      ...of('building'),
      filter: filters.building,
      minzoom: 13,
      paint: { 'fill-color': look.building },
    },
    road('lane', look.road),
    road('street', look.road),
    {
      id: 'rail',
      type: 'line',
      ...of('rail'),
      filter: filters.rail,
      paint: { 'line-color': look.rail, 'line-width': 2, 'line-dasharray': [4, 2] },
    },
    road('ring', look.main),
    road('main', look.main),
  ] as LayerSpecification[];
}

const kindIs = (kind: string): Expression => ['==', ['get', 'kind'], kind];
const roadIs = (kind: string): Expression => ['all', kindIs('road'), ['==', ['get', 'class'], kind]];

function geojsonGround(look: MapLook): LayerSpecification[] {
  return ground(
    look,
    { source: 'city' },
    {
      park: kindIs('park'),
      water: ['all', kindIs('water'), ['==', ['geometry-type'], 'Polygon']],
      building: kindIs('building'),
      rail: kindIs('rail'),
      ring: roadIs('ring'),
      main: roadIs('main'),
      street: roadIs('street'),
      lane: roadIs('lane'),
    },
  );
}

/** Layers and kinds of the Protomaps basemap, version 4 (https://docs.protomaps.com/basemaps/layers). */
function tilesGround(look: MapLook): LayerSpecification[] {
  const names: Record<string, string> = {
    park: 'landuse',
    water: 'water',
    building: 'buildings',
    rail: 'roads',
    road: 'roads',
  };
  const among = (...kinds: string[]): Expression => ['match', ['get', 'kind'], kinds, true, false];
  const green = among('park', 'forest', 'wood', 'nature_reserve', 'grass', 'golf_course', 'cemetery');
  return ground(
    look,
    { source: 'city', layer: (name) => names[name] ?? name },
    {
      park: green,
      water: ['==', ['geometry-type'], 'Polygon'],
      building: ['has', 'kind'],
      rail: among('rail'),
      ring: among('highway'),
      main: among('major_road'),
      street: among('minor_road'),
      lane: among('other', 'path'),
    },
  );
}

const cameraLayers = (look: MapLook): LayerSpecification[] =>
  [
    {
      id: 'view',
      type: 'fill',
      source: 'views',
      minzoom: 14,
      paint: {
        'fill-color': byGravity(look, look.view),
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 15, 0.18],
      },
    },
    {
      id: 'view-line',
      type: 'line',
      source: 'views',
      minzoom: 14.5,
      paint: { 'line-color': byGravity(look, look.view), 'line-width': 1, 'line-opacity': 0.6 },
    },
    {
      id: 'radius',
      type: 'fill',
      source: 'radius',
      paint: { 'fill-color': look.inverse, 'fill-opacity': 0.08 },
    },
    {
      id: 'radius-line',
      type: 'line',
      source: 'radius',
      paint: { 'line-color': look.inverse, 'line-width': 1.5, 'line-dasharray': [4, 3] },
    },
    {
      id: 'camera',
      type: 'circle',
      source: 'cameras',
      filter: ['!', ['has', 'point_count']],
      paint: {
        'circle-radius': ['case', ['>', ['get', 'gravity'], 0], 8 * look.scale, 5.5 * look.scale],
        // A faulty camera is a hollow ring: its place is known, its picture is not.
        'circle-color': ['case', ['==', ['get', 'isFaulty'], 1], look.ground, byGravity(look, look.text)],
        'circle-stroke-color': ['case', ['==', ['get', 'isFaulty'], 1], look.inverse, look.ground],
        'circle-stroke-width': ['case', ['==', ['get', 'isFaulty'], 1], 2.5, 2],
      },
    },
  ] as LayerSpecification[];

const empty = { type: 'FeatureCollection' as const, features: [] };

function citySource(map: Schemas['MapSources']): SourceSpecification | null {
  if (map.pmtiles !== '') return { type: 'vector', url: `pmtiles://${location.origin}${map.pmtiles}` };
  return map.geojson === '' ? null : { type: 'geojson', data: empty };
}

/** Everything that is drawn, from the server's own files and the tokens. No letters: names are elements of the page. */
export function mapStyle(map: Schemas['MapSources'], look: MapLook): StyleSpecification {
  const city = citySource(map);
  const cityLayers = map.pmtiles !== '' ? tilesGround(look) : geojsonGround(look);
  return {
    version: 8,
    sources: {
      ...(city && { city }),
      views: { type: 'geojson', data: empty },
      radius: { type: 'geojson', data: empty },
      cameras: {
        type: 'geojson',
        data: empty,
        cluster: true,
        clusterRadius: 42,
        clusterMaxZoom: 15,
        clusterProperties: { gravity: ['max', ['get', 'gravity']], faulty: ['+', ['get', 'isFaulty']] },
      },
    },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': look.land } },
      ...(city ? cityLayers : []),
      ...cameraLayers(look),
    ],
  };
}
