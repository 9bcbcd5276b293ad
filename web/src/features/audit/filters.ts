export const any = '*';
export const outcomes = ['allowed', 'denied', 'failed'] as const;

export interface Filters {
  who: string;
  action: string;
  object: string;
  outcome: string;
  /** As datetime-local fields write it; local time. */
  from: string;
  to: string;
}

const names = ['who', 'action', 'object', 'outcome', 'from', 'to'] as const;

export function readFilters(search: URLSearchParams): Filters {
  const read = (name: string): string => search.get(name) ?? '';
  return {
    who: read('who'),
    action: search.get('action') ?? any,
    object: read('object'),
    outcome: search.get('outcome') ?? any,
    from: read('from'),
    to: read('to'),
  };
}

export function writeFilters(filters: Filters): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of names) {
    const value = filters[name].trim();
    if (value !== '' && value !== any) search.set(name, value);
  }
  return search;
}

export interface AuditQuery {
  who?: string;
  action?: string;
  object?: string;
  outcome?: string;
  from?: string;
  to?: string;
}

export function toQuery(filters: Filters): AuditQuery {
  const query: AuditQuery = {};
  for (const name of ['who', 'action', 'object', 'outcome'] as const) {
    const value = filters[name].trim();
    if (value !== '' && value !== any) query[name] = value;
  }
  for (const name of ['from', 'to'] as const) {
    const time = Date.parse(filters[name]);
    if (!Number.isNaN(time)) query[name] = new Date(time).toISOString();
  }
  return query;
}
