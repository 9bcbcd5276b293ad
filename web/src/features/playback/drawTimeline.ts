import type { Schemas } from '@/shared/api';
import { formatDate, formatHour, formatTime } from '@/shared/time/time';

import { ticksOf, xOf, type TimeView } from './timeScale';

export interface TimelineRow {
  camera: string;
  recordings: readonly Schemas['Recordings'][];
}

export interface TimelineLook {
  ground: string;
  line: string;
  text: string;
  faint: string;
  recorded: string;
  motion: string;
  people: string;
  range: string;
  gravity: readonly string[];
  font: string;
}

export interface TimelineMetrics {
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
  ruler: number;
  row: number;
}

export interface DrawInput {
  view: TimeView;
  rows: readonly TimelineRow[];
  /** The chosen part, from I to O. */
  range: { from: number | null; to: number | null };
  moments: readonly Schemas['Moment'][];
  /** The row that the moments belong to. */
  momentRow: number;
  /** After it nothing can be stored yet. */
  now: number;
}

/** The colours of the tokens, for a canvas. */
export function timelineLook(element: Element): TimelineLook {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ground: token('--panel'),
    line: token('--line'),
    text: token('--text-2'),
    faint: token('--text-3'),
    recorded: token('--pressed'),
    motion: token('--line-strong'),
    people: token('--text-3'),
    range: token('--text'),
    gravity: [1, 2, 3, 4, 5].map((value) => token(`--gravity-${value}`)),
    font: `${12 * (parseFloat(getComputedStyle(document.documentElement).fontSize) / 16)}px ${token('--font')}`,
  };
}

type Context = CanvasRenderingContext2D;

/** Recorded spans, activity and events of each camera over a ruler of local time. */
export function drawTimeline(
  context: Context,
  at: TimelineMetrics,
  look: TimelineLook,
  input: DrawInput,
): void {
  context.setTransform(at.ratio, 0, 0, at.ratio, 0, 0);
  context.clearRect(0, 0, at.width, at.height);
  drawFuture(context, at, look, input);
  input.rows.forEach((row, index) => {
    const top = at.ruler + index * at.row;
    for (const recordings of row.recordings) drawRow(context, at, look, input.view, recordings, top);
    if (index === input.momentRow) drawMoments(context, at, look, input, top);
  });
  drawRuler(context, at, look, input.view);
  drawRange(context, at, look, input);
}

function drawFuture(context: Context, at: TimelineMetrics, look: TimelineLook, input: DrawInput): void {
  const x = xOf(input.view, at.width, input.now);
  if (x >= at.width) return;
  context.fillStyle = look.line;
  context.globalAlpha = 0.5;
  context.fillRect(Math.max(0, x), at.ruler, at.width, at.height);
  context.globalAlpha = 1;
}

function drawRuler(context: Context, at: TimelineMetrics, look: TimelineLook, view: TimeView): void {
  const zoneMs = -new Date(view.from).getTimezoneOffset() * 60_000;
  const { step, moments } = ticksOf(view, at.width, 84, zoneMs);
  context.font = look.font;
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  for (const moment of moments) {
    const x = Math.round(xOf(view, at.width, moment)) + 0.5;
    context.strokeStyle = look.line;
    context.beginPath();
    context.moveTo(x, at.ruler - 4);
    context.lineTo(x, at.height);
    context.stroke();
    const isMidnight = (moment + zoneMs) % 86_400_000 === 0;
    context.fillStyle = isMidnight ? look.range : look.text;
    context.fillText(isMidnight ? formatDate(moment) : labelOf(moment, step), x + 4, at.ruler / 2);
  }
}

function labelOf(moment: number, step: number): string {
  if (step >= 60_000) return formatHour(moment);
  const part = step < 1000 ? `.${Math.floor((moment % 1000) / 100)}` : '';
  return `${formatTime(moment)}${part}`;
}

function drawRow(
  context: Context,
  at: TimelineMetrics,
  look: TimelineLook,
  view: TimeView,
  recordings: Schemas['Recordings'],
  top: number,
): void {
  const x = (moment: string | number): number =>
    xOf(view, at.width, typeof moment === 'string' ? Date.parse(moment) : moment);
  const bottom = top + at.row - 3;
  context.fillStyle = look.recorded;
  for (const span of recordings.spans) {
    context.fillRect(x(span.from), top + 3, Math.max(1, x(span.to) - x(span.from)), at.row - 6);
  }
  drawActivity(context, look, recordings.activity, { x, top: top + 5, bottom });
  for (const event of recordings.events) {
    const from = x(event.from);
    const to = event.to === null ? from : x(event.to);
    context.fillStyle = look.gravity[event.gravity - 1] ?? look.range;
    context.fillRect(from, top + 3, Math.max(3, to - from), 4);
  }
}

interface Band {
  x: (moment: number) => number;
  top: number;
  bottom: number;
}

function drawActivity(
  context: Context,
  look: TimelineLook,
  activity: Schemas['Activity'],
  { x, top, bottom }: Band,
): void {
  const start = Date.parse(activity.start);
  const stepMs = activity.step_s * 1000;
  const room = bottom - top;
  const most = Math.max(1, ...activity.people);
  activity.motion.forEach((level, index) => {
    const from = x(start + index * stepMs);
    const width = Math.max(1, x(start + (index + 1) * stepMs) - from - 0.5);
    context.fillStyle = look.motion;
    const height = Math.sqrt(Math.min(1, level)) * room;
    if (height > 0.5) context.fillRect(from, bottom - height, width, height);
    const people = activity.people[index] ?? 0;
    if (people > 0) {
      const tall = Math.max(2, (people / most) * room * 0.6);
      context.fillStyle = look.people;
      context.fillRect(from, bottom - tall, width, tall);
    }
  });
}

function drawMoments(
  context: Context,
  at: TimelineMetrics,
  look: TimelineLook,
  { view, moments }: DrawInput,
  top: number,
): void {
  context.fillStyle = look.range;
  for (const moment of moments) {
    const x = xOf(view, at.width, Date.parse(moment.time));
    context.beginPath();
    context.moveTo(x - 4, top + at.row);
    context.lineTo(x + 4, top + at.row);
    context.lineTo(x, top + at.row - 6);
    context.fill();
  }
}

function drawRange(context: Context, at: TimelineMetrics, look: TimelineLook, input: DrawInput): void {
  const { from, to } = input.range;
  if (from === null && to === null) return;
  const left = from === null ? null : xOf(input.view, at.width, from);
  const right = to === null ? null : xOf(input.view, at.width, to);
  if (left !== null && right !== null) {
    context.fillStyle = look.range;
    context.globalAlpha = 0.1;
    context.fillRect(left, at.ruler, right - left, at.height - at.ruler);
    context.globalAlpha = 1;
  }
  context.fillStyle = look.range;
  if (left !== null) bracket(context, left, 1, at);
  if (right !== null) bracket(context, right, -1, at);
}

function bracket(context: Context, x: number, side: 1 | -1, at: TimelineMetrics): void {
  context.fillRect(x - 1, at.ruler - 2, 2, at.height - at.ruler + 2);
  context.fillRect(side === 1 ? x - 1 : x - 5, at.ruler - 2, 6, 3);
  context.fillRect(side === 1 ? x - 1 : x - 5, at.height - 3, 6, 3);
}
