import type { SceneSpan, Track } from '@/shared/api/model';

export interface SceneAt {
  wallMs: number;
  width: number;
  height: number;
  tracks: readonly Track[];
}

/** A zone in parts of the picture, 0 to 1. */
export interface OverlayZone {
  id: string;
  points: readonly (readonly number[])[];
}

/** The part of the element that the picture covers, for object-fit: contain or cover. */
export interface PictureRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function pictureRect(
  element: { width: number; height: number },
  picture: { width: number; height: number },
  fit: 'contain' | 'cover',
): PictureRect {
  if (picture.width <= 0 || picture.height <= 0)
    return { x: 0, y: 0, width: element.width, height: element.height };
  const choose = fit === 'contain' ? Math.min : Math.max;
  const scale = choose(element.width / picture.width, element.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (element.width - width) / 2, y: (element.height - height) / 2, width, height };
}

/** Scenes further apart than this are not connected. */
const staleMs = 1500;
/** So far boxes go on in their direction when the picture is newer than the newest scene; beyond, none are drawn. */
const aheadMs = 600;

/** Scenes in the order of their time, and the boxes of any moment between them. */
export class SceneTrail {
  private scenes: SceneAt[] = [];

  constructor(private readonly most = 400) {}

  static ofSpan(span: SceneSpan): SceneTrail {
    const trail = new SceneTrail(Infinity);
    trail.scenes = span.scenes
      .map((scene) => ({
        wallMs: Date.parse(scene.time),
        width: span.width,
        height: span.height,
        tracks: scene.tracks,
      }))
      .sort((one, other) => one.wallMs - other.wallMs);
    return trail;
  }

  add(scene: SceneAt): void {
    const last = this.scenes.at(-1);
    if (last && scene.wallMs < last.wallMs - 10_000) this.scenes = [];
    this.scenes.push(scene);
    if (this.scenes.length > this.most) this.scenes.splice(0, this.scenes.length - this.most);
  }

  /** The boxes at a moment, moved between the scenes before and after it; null when nothing is near enough. */
  at(wallMs: number): SceneAt | null {
    let index = this.scenes.length - 1;
    while (index >= 0 && (this.scenes[index]?.wallMs ?? 0) > wallMs + 1) index -= 1;
    const before = this.scenes[index];
    if (before === undefined || wallMs - before.wallMs > staleMs) return null;
    const after = this.scenes[index + 1];
    if (after === undefined) return this.ahead(index, before, wallMs);
    if (after.wallMs - before.wallMs > staleMs) return wallMs - before.wallMs <= aheadMs ? before : null;
    const share = (wallMs - before.wallMs) / Math.max(1, after.wallMs - before.wallMs);
    const next = new Map(after.tracks.map((track) => [track.id, track]));
    return { ...before, tracks: before.tracks.map((track) => between(track, next.get(track.id), share)) };
  }

  /** A live picture is often newer than its analysis: the boxes go on as they moved between the last two scenes. */
  private ahead(index: number, newest: SceneAt, wallMs: number): SceneAt | null {
    const late = wallMs - newest.wallMs;
    if (late > aheadMs) return null;
    const earlier = this.scenes[index - 1];
    if (earlier === undefined || newest.wallMs - earlier.wallMs > staleMs) return newest;
    const share = -late / Math.max(1, newest.wallMs - earlier.wallMs);
    const before = new Map(earlier.tracks.map((track) => [track.id, track]));
    return { ...newest, tracks: newest.tracks.map((track) => between(track, before.get(track.id), share)) };
  }
}

function between(track: Track, next: Track | undefined, share: number): Track {
  if (next === undefined) return track;
  return {
    ...track,
    box: track.box.map((value, index) => value + ((next.box[index] ?? value) - value) * share),
  };
}

export interface OverlayLook {
  line: string;
  casing: string;
  mark: string;
}

/** The colours of the tokens, for a canvas. */
export function overlayLook(element: Element, gravity: number | null): OverlayLook {
  const style = getComputedStyle(element);
  return {
    line: style.getPropertyValue('--picture-line'),
    casing: style.getPropertyValue('--picture-casing'),
    mark: style.getPropertyValue(gravity === null ? '--picture-line' : `--gravity-${gravity}`),
  };
}

interface DrawOptions {
  rect: PictureRect;
  scene: SceneAt | null;
  zones: readonly OverlayZone[];
  look: OverlayLook;
  /** Tracks of the incident: drawn in the colour of its gravity; the others thin. */
  marked: ReadonlySet<number>;
  ratio: number;
}

export function drawOverlay(context: CanvasRenderingContext2D, options: DrawOptions): void {
  const { rect, scene, zones, look, ratio } = options;
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.lineJoin = 'round';
  // Nothing outside the picture: a lost track may have left it.
  context.save();
  context.beginPath();
  context.rect(rect.x, rect.y, rect.width, rect.height);
  context.clip();
  for (const zone of zones) drawZone(context, zone, rect, look, ratio);
  if (scene !== null) drawTracks(context, scene, options);
  context.restore();
}

function drawTracks(context: CanvasRenderingContext2D, scene: SceneAt, options: DrawOptions): void {
  const { rect, look, ratio } = options;
  const scaleX = rect.width / Math.max(1, scene.width);
  const scaleY = rect.height / Math.max(1, scene.height);
  for (const track of scene.tracks) {
    if (track.state === 'tentative') continue;
    const [x = 0, y = 0, width = 0, height = 0] = track.box;
    const isMarked = options.marked.has(track.id);
    const place = [rect.x + x * scaleX, rect.y + y * scaleY, width * scaleX, height * scaleY] as const;
    strokeTwice(context, look, isMarked, ratio, track.state === 'lost', () => context.rect(...place));
  }
}

function strokeTwice(
  context: CanvasRenderingContext2D,
  look: OverlayLook,
  isMarked: boolean,
  ratio: number,
  isDashed: boolean,
  path: () => void,
): void {
  const width = (isMarked ? 2.25 : 1.25) * ratio;
  context.setLineDash(isDashed ? [4 * ratio, 4 * ratio] : []);
  context.beginPath();
  path();
  context.lineWidth = width + 1.5 * ratio;
  context.strokeStyle = look.casing;
  context.stroke();
  context.lineWidth = width;
  context.strokeStyle = isMarked ? look.mark : look.line;
  context.stroke();
}

function tracePolygon(
  context: CanvasRenderingContext2D,
  points: readonly (readonly number[])[],
  rect: PictureRect,
): void {
  points.forEach(([x = 0, y = 0], index) => {
    const place = [rect.x + x * rect.width, rect.y + y * rect.height] as const;
    if (index === 0) context.moveTo(...place);
    else context.lineTo(...place);
  });
  if (points.length > 2) context.closePath();
}

function drawZone(
  context: CanvasRenderingContext2D,
  zone: OverlayZone,
  rect: PictureRect,
  look: OverlayLook,
  ratio: number,
): void {
  strokeTwice(context, look, false, ratio * 0.8, true, () => tracePolygon(context, zone.points, rect));
}
