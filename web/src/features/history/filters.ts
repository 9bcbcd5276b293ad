import type { IncidentState } from '@/shared/api';

/** What the history is narrowed to; kept in the address, so that it can be sent to a colleague. */
export interface Filters {
  state: string;
  kind: string;
  minGravity: string;
  camera: string;
  assignee: string;
  q: string;
  from: string;
  to: string;
  isUnreviewed: boolean;
}

export const any = 'any';

export const states: readonly IncidentState[] = [
  'new',
  'acknowledged',
  'confirmed',
  'false_alarm',
  'dispatched',
  'closed',
];

export const kinds = [
  'intrusion',
  'loitering',
  'line_crossing',
  'crowding',
  'fall',
  'fight',
  'fire',
  'smoke',
  'flood',
  'heavy_rain',
  'abandonment',
  'abandoned_object',
  'removed_object',
  'stopped_vehicle',
  'wrong_way',
  'person_on_road',
  'crowd_surge',
  'counter_flow',
  'running',
  'panic',
  'camera_lost',
  'camera_covered',
  'camera_dark',
  'camera_defocused',
  'camera_frozen',
  'camera_turned',
] as const;

export function readFilters(search: URLSearchParams): Filters {
  const text = (name: string): string => search.get(name) ?? '';
  return {
    state: search.get('state') ?? any,
    kind: search.get('kind') ?? any,
    minGravity: search.get('min_gravity') ?? any,
    camera: text('camera'),
    assignee: text('assignee'),
    q: text('q'),
    from: text('from'),
    to: text('to'),
    isUnreviewed: search.get('unreviewed') === 'true',
  };
}

export function writeFilters(filters: Filters): Record<string, string> {
  const out: Record<string, string> = {};
  const put = (name: string, value: string): void => {
    if (value !== '' && value !== any) out[name] = value;
  };
  put('state', filters.state);
  put('kind', filters.kind);
  put('min_gravity', filters.minGravity);
  put('camera', filters.camera);
  put('assignee', filters.assignee);
  put('q', filters.q);
  put('from', filters.from);
  put('to', filters.to);
  if (filters.isUnreviewed) out.unreviewed = 'true';
  return out;
}

/** A moment of <input type="datetime-local"> as the interface wants it; undefined while it is not whole. */
function toInstant(local: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local)) return undefined;
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** The query of GET /api/v1/incidents. `cameras`: those whose names have what was typed; null when nothing was. */
export function toQuery(filters: Filters, cameras: readonly string[] | null = null) {
  const chosen = (value: string): string[] | undefined => (value === any ? undefined : [value]);
  return {
    state: chosen(filters.state),
    kind: chosen(filters.kind),
    camera: cameras === null ? undefined : [...cameras],
    min_gravity: filters.minGravity === any ? undefined : Number(filters.minGravity),
    assignee: filters.assignee === '' ? undefined : filters.assignee,
    q: filters.q === '' ? undefined : filters.q,
    from: toInstant(filters.from),
    to: toInstant(filters.to),
    unreviewed: filters.isUnreviewed ? true : undefined,
  };
}
