/** The week of a rule as a grid of hours, and as the spans that the server reads ("mon-fri 22:00-06:00"). */
export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];
/** [day][hour] */
export type Week = readonly (readonly boolean[])[];

const hoursPerDay = 24;

interface Span {
  days: number[];
  from: number;
  to: number;
}

export function emptyWeek(isOn = false): Week {
  return days.map(() => Array.from({ length: hoursPerDay }, () => isOn));
}

function dayNumbers(text: string): number[] | null {
  if (text === 'daily') return days.map((_, at) => at);
  const [first, last = first] = text.split('-').map((name) => days.indexOf(name as Day));
  if (first === undefined || last === undefined || first < 0 || last < 0) return null;
  const numbers = [first];
  for (let at = first; at !== last;) {
    at = (at + 1) % days.length;
    numbers.push(at);
  }
  return numbers;
}

function hourOf(text: string): number | null {
  const parts = /^(\d\d):(\d\d)$/.exec(text);
  if (!parts) return null;
  return Number(parts[1]) + Number(parts[2]) / 60;
}

function parseSpan(text: string): Span | null {
  const [dayText = '', clock = ''] = text.split(' ');
  const lists = dayText.split(',').map(dayNumbers);
  const [from, to] = clock.split('-').map(hourOf);
  if (lists.some((list) => list === null) || from == null || to == null) return null;
  return { days: lists.flatMap((list) => list ?? []), from, to };
}

/** Null when a span is not understood or does not begin and end on the hour: then only its text can be shown. */
export function weekOf(spans: readonly string[]): Week | null {
  if (spans.length === 0) return emptyWeek(true);
  const week = days.map(() => Array.from({ length: hoursPerDay }, () => false));
  for (const text of spans) {
    const span = parseSpan(text);
    if (!span || !Number.isInteger(span.from) || !Number.isInteger(span.to)) return null;
    const length = span.to > span.from ? span.to - span.from : span.to - span.from + hoursPerDay;
    for (const day of span.days)
      for (let step = 0; step < length; step += 1) {
        const hour = span.from + step;
        const row = week[(day + Math.floor(hour / hoursPerDay)) % days.length];
        if (row) row[hour % hoursPerDay] = true;
      }
  }
  return week;
}

interface Run {
  from: number;
  to: number;
}

function runsOf(hours: readonly boolean[]): Run[] {
  const runs: Run[] = [];
  hours.forEach((isOn, hour) => {
    const last = runs.at(-1);
    if (!isOn) return;
    if (last?.to === hour) last.to = hour + 1;
    else runs.push({ from: hour, to: hour + 1 });
  });
  return runs;
}

/** Runs that end at midnight go on into the next morning, so that a night is one span. */
function nights(week: Week): Run[][] {
  const all = week.map(runsOf);
  const isTaken = new Set<number>();
  all.forEach((runs, day) => {
    const evening = runs.at(-1);
    const next = (day + 1) % days.length;
    const morning = all[next]?.[0];
    if (evening?.to !== hoursPerDay || morning?.from !== 0 || evening.from === 0) return;
    if (morning.to === hoursPerDay || morning.to > evening.from) return;
    evening.to = hoursPerDay + morning.to;
    isTaken.add(next);
  });
  return all.map((runs, day) => (isTaken.has(day) ? runs.slice(1) : runs));
}

function clock(hour: number): string {
  const within = hour > hoursPerDay ? hour - hoursPerDay : hour;
  return `${String(within).padStart(2, '0')}:00`;
}

function dayWords(numbers: readonly number[]): string {
  if (numbers.length === days.length) return 'daily';
  const parts: string[] = [];
  for (let at = 0; at < numbers.length;) {
    let end = at;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end += 1;
    const first = days[numbers[at] ?? 0] ?? '';
    const last = days[numbers[end] ?? 0] ?? '';
    parts.push(first === last ? first : `${first}-${last}`);
    at = end + 1;
  }
  return parts.join(',');
}

/** The spans of a week; none when it is always, since that is what none means. */
export function spansOf(week: Week): string[] {
  if (week.every((hours) => hours.every(Boolean))) return [];
  const byClock = new Map<string, number[]>();
  nights(week).forEach((runs, day) => {
    for (const run of runs) {
      const text = `${clock(run.from)}-${clock(run.to)}`;
      byClock.set(text, [...(byClock.get(text) ?? []), day]);
    }
  });
  return [...byClock].map(([text, numbers]) => `${dayWords(numbers)} ${text}`);
}

export function isNever(week: Week): boolean {
  return week.every((hours) => !hours.some(Boolean));
}

export function setHours(week: Week, from: [number, number], to: [number, number], isOn: boolean): Week {
  const inside = (value: number, a: number, b: number): boolean =>
    value >= Math.min(a, b) && value <= Math.max(a, b);
  return week.map((hours, day) =>
    hours.map((was, hour) => (inside(day, from[0], to[0]) && inside(hour, from[1], to[1]) ? isOn : was)),
  );
}
