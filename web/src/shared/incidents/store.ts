import { create } from 'zustand';

import { answer, api } from '@/shared/api/client';
import type { IncidentState, IncidentSummary } from '@/shared/api/model';
import { useSession } from '@/shared/session/session';
import { listen, stream } from '@/shared/stream/hub';

/** The states that are still somebody's work. False alarms and closed ones are history. */
export const openStates: readonly IncidentState[] = ['new', 'acknowledged', 'confirmed', 'dispatched'];
const open = new Set<IncidentState>(openStates);
const pageSize = 500;
/** More open incidents than this are not loaded: the queue says so and shows the gravest. */
export const mostLoaded = 2000;

interface IncidentStore {
  phase: 'loading' | 'ready' | 'failed';
  error: unknown;
  /** Open incidents by id, and those that were closed while this page looked on. */
  incidents: ReadonlyMap<string, IncidentSummary>;
  isCut: boolean;
}

export const useIncidents = create<IncidentStore>()(() => ({
  phase: 'loading',
  error: null,
  incidents: new Map(),
  isCut: false,
}));

type ChangeListener = (incident: IncidentSummary, before: IncidentSummary | undefined) => void;
const listeners = new Set<ChangeListener>();

/** Hears each change that comes over the stream, not what is loaded: for sounds and notifications. */
export function listenToIncidents(listener: ChangeListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isOpen(incident: IncidentSummary): boolean {
  return open.has(incident.state) && incident.merged_into === '';
}

/** Takes a newer version of an incident: from the stream, or as the answer to an action. */
export function takeIncident(incident: IncidentSummary): void {
  const before = useIncidents.getState().incidents.get(incident.id);
  if (before && before.change > incident.change) return;
  useIncidents.setState(({ incidents }) => {
    const next = new Map(incidents);
    // What only the caller's own answers tell is kept when the stream does not say it.
    next.set(incident.id, { ...incident, is_reviewed: incident.is_reviewed ?? before?.is_reviewed });
    return { incidents: next };
  });
}

export function markReviewed(id: string): void {
  const incident = useIncidents.getState().incidents.get(id);
  if (!incident || incident.is_reviewed === true) return;
  useIncidents.setState(({ incidents }) => ({
    incidents: new Map(incidents).set(id, { ...incident, is_reviewed: true }),
  }));
  void answer(api.PUT('/api/v1/incidents/{incident}/reviewed', { params: { path: { incident: id } } })).catch(
    () => undefined,
  );
}

/** Administrators and auditors see no incidents: they follow the stream for the cameras' states alone. */
function maySee(): boolean {
  return useSession.getState().session?.rights.includes('view_incidents') ?? false;
}

async function loadOpen(): Promise<number> {
  if (!maySee()) {
    useIncidents.setState({ phase: 'ready', error: null });
    return 0;
  }
  const found = new Map<string, IncidentSummary>();
  let cursor: string | undefined;
  let latest = 0;
  do {
    const query = {
      state: [...openStates],
      order: 'gravest',
      limit: pageSize,
      ...(cursor && { cursor }),
    };
    const page = await answer(api.GET('/api/v1/incidents', { params: { query } }));
    // The first page's number: whatever changes while the others load comes over the stream.
    if (cursor === undefined) latest = page.latest_change;
    for (const incident of page.incidents) found.set(incident.id, incident);
    cursor = page.next === '' ? undefined : page.next;
  } while (cursor !== undefined && found.size < mostLoaded);
  useIncidents.setState({ phase: 'ready', error: null, incidents: found, isCut: cursor !== undefined });
  return latest;
}

let running = 0;

/** Loads the open incidents and follows the stream from there. Called once by the shell; loads anew on resync. */
export function followIncidents(): () => void {
  const run = ++running;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = async (): Promise<void> => {
    try {
      const latest = await loadOpen();
      if (run === running) stream.start(latest);
    } catch (error) {
      if (run !== running) return;
      useIncidents.setState((store) => ({
        error,
        phase: store.phase === 'ready' ? 'ready' : 'failed',
      }));
      timer = setTimeout(() => void begin(), 3000);
    }
  };
  const stopListening = listen((message) => {
    if (message.type === 'resync') void loadOpen().catch(() => void begin());
    if (message.type !== 'incident') return;
    const before = useIncidents.getState().incidents.get(message.incident.id);
    takeIncident({ ...message.incident, change: message.change });
    for (const listener of listeners) listener(message.incident, before);
  });
  void begin();
  return () => {
    running += 1;
    clearTimeout(timer);
    stopListening();
    stream.stop();
  };
}
