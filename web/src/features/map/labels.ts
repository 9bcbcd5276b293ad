import { Marker, type Map as LibreMap } from 'maplibre-gl';

import { toGravity } from '@/shared/api';

import type { MapCamera } from './cameras';
import type { Label } from './city';
import type { Position } from './geometry';
import styles from './Map.module.css';
import { mapLook } from './style';

export interface MapAlarm {
  id: string;
  at: Position;
  gravity: number;
}

interface LabelEvents {
  onCluster: (id: number, at: Position) => void;
  onCamera: (id: string) => void;
}

const namesFrom = 15.6;
const placesFrom = 12.5;
const mostNames = 60;
/** Pixels from the middle of a camera to its name: the ring of an alarm stays whole. */
const belowRing = 16;
/** Pixels; as the source of the cameras gathers them. */
const clusterReach = 42;

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function isPosition(value: unknown): value is Position {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number';
}

/** A ring whose dark part is the share of cameras that are not well, with their number in the middle. */
function clusterElement(count: number, faulty: number, gravity: number): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.tabIndex = -1;
  element.className = styles.cluster ?? '';
  element.style.setProperty('--well', `${((count - faulty) / count) * 100}%`);
  element.style.setProperty('--size', `${1.75 + Math.min(1.5, Math.log10(count) * 0.6)}rem`);
  if (gravity > 0) element.style.setProperty('--ring', `var(--gravity-${toGravity(gravity)})`);
  const words = document.createElement('span');
  words.textContent = String(count);
  element.append(words);
  return element;
}

/** Everything on the map that has words or moves: names, clusters, alarms. The map itself needs no letters for that. */
export class Labels {
  private readonly clusters = new Map<string, Marker>();
  private readonly names = new Map<string, Marker>();
  private readonly alarms = new Map<string, Marker>();
  private places: Marker[] = [];
  private cameras: readonly MapCamera[] = [];
  private isDue = false;

  constructor(
    private readonly map: LibreMap,
    private readonly events: LabelEvents,
  ) {
    for (const name of ['moveend', 'zoom', 'sourcedata', 'idle'] as const) map.on(name, () => this.soon());
  }

  close(): void {
    const all = [this.clusters, this.names, this.alarms].flatMap((each) => [...each.values()]);
    for (const marker of [...all, ...this.places]) marker.remove();
  }

  setCameras(cameras: readonly MapCamera[]): void {
    this.cameras = cameras;
    this.soon();
  }

  setPlaces(places: readonly Label[]): void {
    for (const marker of this.places) marker.remove();
    this.places = places.map(({ name, at }) => {
      const element = document.createElement('span');
      element.className = styles.place ?? '';
      element.textContent = name;
      return new Marker({ element }).setLngLat(at).addTo(this.map);
    });
    this.soon();
  }

  /** Each alarm pulses once when it comes and then stays as a ring. */
  setAlarms(alarms: readonly MapAlarm[]): void {
    const wanted = new Set(alarms.map((alarm) => alarm.id));
    for (const [id, marker] of this.alarms) {
      if (wanted.has(id)) continue;
      marker.remove();
      this.alarms.delete(id);
    }
    for (const alarm of alarms) {
      if (this.alarms.has(alarm.id)) continue;
      const element = document.createElement('span');
      element.className = styles.alarm ?? '';
      element.style.setProperty('--ring', `var(--gravity-${toGravity(alarm.gravity)})`);
      this.alarms.set(alarm.id, new Marker({ element }).setLngLat(alarm.at).addTo(this.map));
    }
  }

  private soon(): void {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      if (!this.map.getSource('cameras')) return;
      this.drawClusters();
      this.drawNames();
      this.hideCovered();
      const zoom = this.map.getZoom();
      for (const marker of this.places) marker.getElement().hidden = zoom < placesFrom;
    });
  }

  private drawClusters(): void {
    const found = this.map.querySourceFeatures('cameras', { filter: ['has', 'point_count'] });
    const seen = new Set<string>();
    for (const { properties, geometry } of found) {
      if (geometry.type !== 'Point' || !isPosition(geometry.coordinates)) continue;
      const at = geometry.coordinates;
      const id = numberOf(properties.cluster_id);
      const [count, faulty, gravity] = [properties.point_count, properties.faulty, properties.gravity].map(
        numberOf,
      );
      const key = `${id}:${count ?? 0}:${faulty ?? 0}:${gravity ?? 0}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (this.clusters.has(key)) continue;
      const element = clusterElement(count ?? 1, faulty ?? 0, gravity ?? 0);
      element.addEventListener('click', (event) => {
        event.stopPropagation();
        this.events.onCluster(id, at);
      });
      this.clusters.set(key, new Marker({ element }).setLngLat(at).addTo(this.map));
    }
    for (const [key, marker] of this.clusters) {
      if (seen.has(key)) continue;
      marker.remove();
      this.clusters.delete(key);
    }
  }

  /** Cameras in a cluster have their gravity in its ring already. */
  private hideCovered(): void {
    const clusters = [...this.clusters.values()].map((marker) => this.map.project(marker.getLngLat()));
    for (const marker of this.alarms.values()) {
      const at = this.map.project(marker.getLngLat());
      marker.getElement().hidden = clusters.some((cluster) => cluster.dist(at) < clusterReach);
    }
  }

  private drawNames(): void {
    const bounds = this.map.getBounds();
    const isNear = this.map.getZoom() >= namesFrom;
    const shown = isNear
      ? this.cameras.filter((camera) => bounds.contains(camera.at)).slice(0, mostNames)
      : [];
    const wanted = new Set(shown.map((camera) => camera.id));
    for (const [id, marker] of this.names) {
      if (wanted.has(id)) continue;
      marker.remove();
      this.names.delete(id);
    }
    for (const camera of shown) {
      if (this.names.has(camera.id)) continue;
      const element = document.createElement('button');
      element.type = 'button';
      element.tabIndex = -1;
      element.className = styles.name ?? '';
      element.textContent = camera.name;
      element.addEventListener('click', (event) => {
        event.stopPropagation();
        this.events.onCamera(camera.id);
      });
      const marker = new Marker({ element, anchor: 'top', offset: [0, belowRing * mapLook().scale] });
      this.names.set(camera.id, marker.setLngLat(camera.at).addTo(this.map));
    }
  }
}
