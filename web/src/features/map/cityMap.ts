import 'maplibre-gl/dist/maplibre-gl.css';

import {
  AttributionControl,
  GeoJSONSource,
  Map as LibreMap,
  NavigationControl,
  Popup,
  ScaleControl,
  setWorkerUrl,
  type MapMouseEvent,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

import type { Schemas } from '@/shared/api';

import { cameraPoints, cameraWedges, type MapCamera } from './cameras';
import { boundsOf, circle, distanceM, type Position } from './geometry';
import type { City } from './city';
import { Labels } from './labels';
import { mapLook, mapStyle } from './style';
import { usableSources } from './tiles';

export interface MapEvents {
  onCamera: (id: string | null) => void;
  /** While a circle is drawn, and at its end. */
  onRadius: (centre: Position, metres: number, isDone: boolean) => void;
  onError: (error: Error) => void;
  /** The archive of tiles cannot be read: the ground is drawn from the GeoJSON instead. */
  onBrokenTiles: (reason: string) => void;
}

// From the page's own origin: the policy of the page allows no other worker.
setWorkerUrl(workerUrl);

/** The map of the city with its cameras. Owns the WebGL context; everything that has words is made of elements. */
/** Pixels of a map that shows as much of the city as the configured zoom means; wider ones show it larger, not more of it. */
const usualWidth = 1280;

export class CityMap {
  private readonly map: LibreMap;
  private readonly labels: Labels;
  private readonly popup: Popup;
  private city: City | null = null;
  private cameras: readonly MapCamera[] = [];
  private gravities: ReadonlyMap<string, number> = new Map();
  private ring: { centre: Position; metres: number } | null = null;
  private isDrawing = false;
  private hasGone = false;
  private drawFrom: Position | null = null;

  static async create(
    element: HTMLElement,
    sources: Schemas['MapSources'],
    events: MapEvents,
  ): Promise<CityMap> {
    return new CityMap(element, await usableSources(sources, events.onBrokenTiles), events);
  }

  private constructor(
    element: HTMLElement,
    private sources: Schemas['MapSources'],
    private readonly events: MapEvents,
  ) {
    const [lon = 127, lat = 37] = sources.center;
    this.map = new LibreMap({
      container: element,
      style: mapStyle(sources, mapLook()),
      center: [lon, lat],
      zoom: sources.zoom + Math.max(0, Math.log2(element.clientWidth / usualWidth)),
      minZoom: 6,
      maxZoom: 19.5,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right');
    this.map.addControl(new ScaleControl({ maxWidth: 120 }), 'bottom-left');
    if (sources.attribution !== '') {
      this.map.addControl(new AttributionControl({ customAttribution: sources.attribution }));
    }
    this.labels = new Labels(this.map, {
      onCluster: (id, at) => void this.openCluster(id, at),
      onCamera: (id) => this.events.onCamera(id),
    });
    this.popup = new Popup({
      closeButton: false,
      closeOnClick: false,
      maxWidth: 'none',
      offset: 14 * mapLook().scale,
      focusAfterOpen: false,
    });
    this.listen();
  }

  close(): void {
    this.labels.close();
    this.map.remove();
  }

  setCameras(cameras: readonly MapCamera[], gravities: ReadonlyMap<string, number>): void {
    this.cameras = cameras;
    this.gravities = gravities;
    this.fill();
  }

  /** The ground, from the server's GeoJSON, and the names on it. */
  setCity(city: City): void {
    this.city = city;
    this.labels.setPlaces(city.places);
    this.fill();
  }

  setAlarms(alarms: readonly { id: string; camera: string; gravity: number }[]): void {
    this.labels.setAlarms(
      alarms.flatMap((alarm) => {
        const camera = this.cameras.find((each) => each.id === alarm.camera);
        return camera ? [{ ...alarm, at: camera.at }] : [];
      }),
    );
  }

  /** The same map in the colours of the other theme. */
  restyle(): void {
    this.map.setStyle(mapStyle(this.sources, mapLook()), { diff: true });
    this.map.once('styledata', () => this.fill());
  }

  /** A tile or directory within the archive is damaged. */
  private leaveTiles(reason: string): void {
    this.sources = { ...this.sources, pmtiles: '' };
    this.restyle();
    this.events.onBrokenTiles(reason);
  }

  goTo(at: Position): void {
    this.hasGone = true;
    const zoom = Math.max(16, this.map.getZoom());
    this.map.easeTo({ center: at, zoom, duration: this.duration(), offset: [0, 90] });
  }

  fit(): void {
    const bounds = boundsOf(this.cameras.map((camera) => camera.at));
    if (bounds) this.map.fitBounds(bounds, { padding: 80, maxZoom: 16.5, duration: this.duration() });
  }

  showPopup(at: Position, content: HTMLElement): void {
    this.popup.setLngLat(at).setDOMContent(content).addTo(this.map);
  }

  hidePopup(): void {
    this.popup.remove();
  }

  /** While on, dragging draws a circle instead of moving the map. */
  setDrawing(isDrawing: boolean): void {
    this.isDrawing = isDrawing;
    this.map.getCanvas().style.cursor = isDrawing ? 'crosshair' : '';
    if (isDrawing) this.map.dragPan.disable();
    else this.map.dragPan.enable();
  }

  setRing(ring: { centre: Position; metres: number } | null): void {
    this.ring = ring;
    this.fillRing();
  }

  private duration(): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350;
  }

  private source(name: string): GeoJSONSource | null {
    const source = this.map.getSource(name);
    return source instanceof GeoJSONSource ? source : null;
  }

  private fill(): void {
    if (this.city) void this.source('city')?.setData(this.city.document);
    void this.source('cameras')?.setData(cameraPoints(this.cameras, this.gravities));
    void this.source('views')?.setData(cameraWedges(this.cameras, this.gravities));
    this.labels.setCameras(this.cameras);
    this.fillRing();
  }

  private fillRing(): void {
    const features = this.ring
      ? [
          {
            type: 'Feature' as const,
            properties: {},
            geometry: {
              type: 'Polygon' as const,
              coordinates: [circle(this.ring.centre, this.ring.metres)],
            },
          },
        ]
      : [];
    void this.source('radius')?.setData({ type: 'FeatureCollection', features });
  }

  private async openCluster(id: number, at: Position): Promise<void> {
    const zoom = await this.source('cameras')?.getClusterExpansionZoom(id);
    if (zoom !== undefined) this.map.easeTo({ center: at, zoom: zoom + 0.3, duration: this.duration() });
  }

  private listen(): void {
    const { map } = this;
    map.once('load', () => {
      this.fill();
      if (!this.hasGone) this.fit();
    });
    map.on('error', (event) => {
      const isGround = 'sourceId' in event && event.sourceId === 'city';
      if (isGround && this.sources.pmtiles !== '') this.leaveTiles(event.error.message);
      else this.events.onError(new Error(event.error.message));
    });
    map.on('click', (event) => {
      if (this.isDrawing) return;
      const [hit] = map.queryRenderedFeatures(event.point, { layers: ['camera'] });
      const id: unknown = hit?.properties.id;
      this.events.onCamera(typeof id === 'string' ? id : null);
    });
    map.on('mouseenter', 'camera', () => {
      if (!this.isDrawing) map.getCanvas().style.cursor = 'pointer';
    });
    map.on('mouseleave', 'camera', () => {
      if (!this.isDrawing) map.getCanvas().style.cursor = '';
    });
    map.on('mousedown', (event) => {
      if (this.isDrawing) this.drawFrom = [event.lngLat.lng, event.lngLat.lat];
    });
    map.on('mousemove', (event) => this.draw(event, false));
    map.on('mouseup', (event) => {
      this.draw(event, true);
      this.drawFrom = null;
    });
  }

  private draw(event: MapMouseEvent, isDone: boolean): void {
    if (!this.drawFrom) return;
    const metres = distanceM(this.drawFrom, [event.lngLat.lng, event.lngLat.lat]);
    if (metres > 5) this.events.onRadius(this.drawFrom, metres, isDone);
  }
}
