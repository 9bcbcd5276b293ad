import { create } from 'zustand';

import { answer, api, socketAddress } from '@/shared/api/client';
import { expireSession } from '@/shared/session/session';
import { setClockOffset } from '@/shared/time/time';

import { EventStream, type StreamStatus } from './eventStream';
import type { CameraStateChange, StreamMessage } from './messages';

interface HubStore {
  status: StreamStatus;
  cameras: ReadonlyMap<string, CameraStateChange>;
}

/** The one event stream of the page: its status, and the cameras that are not or were not well since it began. */
export const useHub = create<HubStore>()(() => ({
  status: { phase: 'stopped', lostSince: null, nextAttempt: null },
  cameras: new Map(),
}));

type Listener = (message: StreamMessage) => void;
const listeners = new Set<Listener>();

/** Hears every message of the stream until the returned function is called. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function takeCameras(states: CameraStateChange[], isAll: boolean): void {
  useHub.setState(({ cameras }) => {
    const next = new Map(isAll ? [] : cameras);
    for (const state of states) next.set(state.id, state);
    return { cameras: next };
  });
}

let lastHeard = 0;

function deliver(message: StreamMessage): void {
  lastHeard = Date.now();
  if (message.type === 'welcome') setClockOffset(Date.parse(message.time) - Date.now());
  if (message.type === 'cameras') takeCameras(message.states, message.is_all);
  for (const listener of listeners) listener(message);
}

export const stream = new EventStream({
  connect: () => new WebSocket(socketAddress('/api/v1/stream')),
  onMessage: deliver,
  onStatus: (status) => {
    useHub.setState({ status });
    if (status.phase === 'waiting') void checkSession();
  },
  onRefused: expireSession,
});

/** A browser does not tell why a socket was refused: asking for the session does, and ends it on the page when need be. */
async function checkSession(): Promise<void> {
  await answer(api.GET('/api/v1/session')).catch(() => undefined);
}

const silenceMs = 20_000;
const answerWithinMs = 5000;

/** A page cannot see the server's pings: after a silence it asks for something small, to notice a dead line. */
async function checkLine(): Promise<void> {
  if (useHub.getState().status.phase !== 'open' || Date.now() - lastHeard < silenceMs) return;
  try {
    await fetch('/api/v1/version', { cache: 'no-store', signal: AbortSignal.timeout(answerWithinMs) });
    lastHeard = Date.now();
  } catch {
    stream.reconnect();
  }
}

/** Watches the line for the life of the page. */
export function watchLine(): () => void {
  const timer = setInterval(() => void checkLine(), answerWithinMs);
  const onOnline = (): void => stream.retryNow();
  const onOffline = (): void => stream.reconnect();
  window.addEventListener('online', onOnline);
  window.addEventListener('offline', onOffline);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', onOnline);
    window.removeEventListener('offline', onOffline);
  };
}
