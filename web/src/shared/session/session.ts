import { create } from 'zustand';

import { answer, api, onUnauthorized, setCsrfToken } from '@/shared/api/client';
import { ApiProblem } from '@/shared/api/problem';
import type { Session } from '@/shared/api/model';

import { usePurpose } from './purpose';

export type SessionPhase = 'starting' | 'unreachable' | 'out' | 'in' | 'expired';

interface SessionStore {
  phase: SessionPhase;
  session: Session | null;
}

export const useSession = create<SessionStore>()(() => ({ phase: 'starting', session: null }));

export function beginSession(session: Session): void {
  setCsrfToken(session.csrf);
  useSession.setState({ phase: 'in', session });
}

/** Asks the server who is logged in; called at the start and after a password change. */
export async function loadSession(): Promise<void> {
  try {
    beginSession(await answer(api.GET('/api/v1/session')));
  } catch (error) {
    const isOut = error instanceof ApiProblem && error.status === 401;
    useSession.setState({ phase: isOut ? 'out' : 'unreachable', session: null });
  }
}

export async function logIn(user: string, password: string, totp?: string): Promise<void> {
  const body = totp === undefined ? { user, password } : { user, password, totp };
  beginSession(await answer(api.POST('/api/v1/session', { body })));
}

export async function logOut(): Promise<void> {
  await answer(api.DELETE('/api/v1/session')).catch(() => undefined);
  leave();
}

/** A fresh page: nothing that one user saw is left in memory for the next. */
export function leave(): void {
  usePurpose.getState().choose('control');
  window.location.replace('/');
}

/** The page stays as it is, under a dialog that asks for the password: nothing on the screen is lost. */
export function expireSession(): void {
  if (useSession.getState().phase === 'in') useSession.setState({ phase: 'expired' });
}

onUnauthorized(expireSession);

/** Whether the user has a right somewhere. The server decides again for each camera. */
export function useRight(right: string): boolean {
  return useSession((store) => store.session?.rights.includes(right) ?? false);
}
