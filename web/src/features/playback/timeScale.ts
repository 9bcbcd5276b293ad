/** The span of time that a timeline shows; milliseconds since 1970. */
export interface TimeView {
  from: number;
  to: number;
}

export const shortestView = 4_000;
export const longestView = 24 * 3_600_000;

export function xOf(view: TimeView, width: number, moment: number): number {
  return ((moment - view.from) / (view.to - view.from)) * width;
}

export function timeAt(view: TimeView, width: number, x: number): number {
  return view.from + (x / Math.max(1, width)) * (view.to - view.from);
}

/** A wider (factor above 1) or narrower view in which `anchor` keeps its place. */
export function zoomView(view: TimeView, factor: number, anchor: number): TimeView {
  const span = view.to - view.from;
  const next = Math.min(longestView, Math.max(shortestView, span * factor));
  const share = (anchor - view.from) / span;
  const from = anchor - share * next;
  return { from, to: from + next };
}

export function panView(view: TimeView, milliseconds: number): TimeView {
  return { from: view.from + milliseconds, to: view.to + milliseconds };
}

/** Moves the view only as far as the moment needs to be in it; a moment near the right border turns the page. */
export function followView(view: TimeView, moment: number): TimeView {
  const span = view.to - view.from;
  if (moment >= view.from && moment <= view.to - span * 0.04) return view;
  const from = moment - span * 0.15;
  return { from, to: from + span };
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [
  0.2 * second,
  0.5 * second,
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
];

export interface Ticks {
  step: number;
  moments: number[];
}

/** Round moments for labels, at least `least` pixels apart. `zoneMs` is local time minus UTC. */
export function ticksOf(view: TimeView, width: number, least: number, zoneMs: number): Ticks {
  const wanted = ((view.to - view.from) / Math.max(1, width)) * least;
  const step = steps.find((each) => each >= wanted) ?? 6 * hour;
  const first = Math.ceil((view.from + zoneMs) / step) * step - zoneMs;
  const count = Math.max(0, Math.floor((view.to - first) / step) + 1);
  return { step, moments: Array.from({ length: count }, (_, index) => first + index * step) };
}

/** The block of time that is asked of the server for a view: few distinct ones, so that answers are found again. */
export function blockOf(view: TimeView): TimeView {
  const span = view.to - view.from;
  let size = minute;
  while (size < span) size *= 2;
  const from = Math.floor((view.from - (size - span) / 2) / (size / 2)) * (size / 2);
  return { from, to: from + size * 2 };
}
