import type { Schemas } from '@/shared/api';

type Coverage = Schemas['CoverageRow'];

/** Alarm management after EEMUA 191: what one person can take, and how urgent alarms should be spread. */
export const limits = { usualPerTen: 1, mostPerTen: 10 } as const;
export const idealShares = { low: 0.8, middle: 0.15, high: 0.05 } as const;

export type LoadLevel = 'calm' | 'busy' | 'over';

/** Up to one in ten minutes is calm; more than ten is more than a person can work through. */
export function loadLevel(inTenMinutes: number): LoadLevel {
  if (inTenMinutes > limits.mostPerTen) return 'over';
  return inTenMinutes > limits.usualPerTen ? 'busy' : 'calm';
}

const tenMinutes = 600;

export function perTenMinutes(count: number, seconds: number, operators: number): number {
  if (seconds <= 0) return 0;
  return count / (seconds / tenMinutes) / Math.max(1, operators);
}

export interface Shares {
  low: number;
  middle: number;
  high: number;
}

/** Gravity 1 and 2 are low, 3 is middle, 4 and 5 are high. */
export function sharesOf(byGravity: readonly number[]): Shares {
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = byGravity;
  const all = Math.max(1, one + two + three + four + five);
  return { low: (one + two) / all, middle: three / all, high: (four + five) / all };
}

type Hour = Schemas['HourRow'];

/** Beyond two days a bar stands for a day: hours would be thinner than a line. */
const mostHourBars = 48;

const hourMs = 3_600_000;

/** Every hour from the first to the last; those in which nothing happened are not told by the server. */
export function wholeHours(rows: readonly Hour[], from: string, to: string): Hour[] {
  const known = new Map(rows.map((row) => [Date.parse(row.hour), row]));
  const first = Math.floor(Date.parse(from) / hourMs) * hourMs;
  const count = Math.max(0, Math.ceil((Date.parse(to) - first) / hourMs));
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * hourMs;
    return known.get(at) ?? { hour: new Date(at).toISOString(), opened: 0, by_gravity: [0, 0, 0, 0, 0] };
  });
}

/** What the bars of a chart stand for: hours, or days of the local calendar. */
export function barsOf(hours: readonly Hour[]): { bars: Hour[]; isDaily: boolean } {
  if (hours.length <= mostHourBars) return { bars: [...hours], isDaily: false };
  const days = new Map<string, Hour>();
  for (const { hour, opened, by_gravity: counts } of hours) {
    const day = new Date(hour).toDateString();
    const known = days.get(day);
    const sum = counts.map((count, index) => count + (known?.by_gravity[index] ?? 0));
    days.set(day, { hour: known?.hour ?? hour, opened: opened + (known?.opened ?? 0), by_gravity: sum });
  }
  return { bars: [...days.values()], isDaily: true };
}

export interface HeatRow {
  camera: string;
  /** By hour of `hours`; null when nothing is known. */
  cells: (number | null)[];
  worst: number;
}

/** Cameras with the longest time unwatched first, and their hours beside each other. */
export function heatTable(rows: readonly Coverage[], most: number): { hours: string[]; cameras: HeatRow[] } {
  const hours = [...new Set(rows.map((row) => row.hour))].sort();
  const cameras = new Map<string, HeatRow>();
  for (const row of rows) {
    const known = cameras.get(row.camera) ?? {
      camera: row.camera,
      cells: hours.map(() => null),
      worst: 0,
    };
    known.cells[hours.indexOf(row.hour)] = row.longest_unwatched_s;
    known.worst = Math.max(known.worst, row.longest_unwatched_s);
    cameras.set(row.camera, known);
  }
  const sorted = [...cameras.values()].sort((one, other) => other.worst - one.worst);
  return { hours, cameras: sorted.slice(0, most) };
}

/** 0 to 4: how much a time unwatched stands out. */
export function heatStep(seconds: number): 0 | 1 | 2 | 3 | 4 {
  if (seconds < 10) return 0;
  if (seconds < 30) return 1;
  if (seconds < 120) return 2;
  return seconds < 600 ? 3 : 4;
}
