import createClient, { type Middleware } from 'openapi-fetch';

import { getPurpose } from '@/shared/session/purpose';

import { ApiProblem } from './problem';
import type { Schemas } from './model';
import type { paths } from './schema';

let csrfToken = '';
let onSessionEnd: () => void = () => undefined;

/** Set by the session when it begins; sent with every request that changes something. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called when the server says that there is no session any more. */
export function onUnauthorized(listener: () => void): void {
  onSessionEnd = listener;
}

const safe = new Set(['GET', 'HEAD']);

const headers: Middleware = {
  onRequest({ request }) {
    if (!safe.has(request.method)) request.headers.set('Bongsu-CSRF', csrfToken);
    if (!request.headers.has('Bongsu-Purpose')) request.headers.set('Bongsu-Purpose', getPurpose());
    return request;
  },
  onResponse({ request, response }) {
    const isLogin = request.method === 'POST' && request.url.endsWith('/api/v1/session');
    if (response.status === 401 && !isLogin) onSessionEnd();
  },
};

/** Typed requests: `api.GET('/api/v1/incidents', { params: { query: { limit: 50 } } })`. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  querySerializer: { array: { style: 'form', explode: true } },
});
api.use(headers);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer; throws ApiProblem otherwise. For queries and mutations. */
export async function answer<T>(request: Promise<Answer<T>>): Promise<T> {
  let result: Answer<T>;
  try {
    result = await request;
  } catch {
    throw new ApiProblem(0);
  }
  if (!result.response.ok) {
    throw new ApiProblem(result.response.status, result.error as Partial<Schemas['Problem']> | undefined);
  }
  return result.data as T;
}

/** Fetches bytes (pictures, clips) with the headers of the session. */
export async function fetchBytes(
  path: string,
  signal?: AbortSignal,
  purpose = getPurpose(),
): Promise<Response> {
  const response = await fetch(path, {
    signal: signal ?? null,
    headers: { 'Bongsu-Purpose': purpose },
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0);
  });
  if (response.status === 401) onSessionEnd();
  if (!response.ok) {
    const body = (await response.json().catch(() => undefined)) as Partial<Schemas['Problem']> | undefined;
    throw new ApiProblem(response.status, body);
  }
  return response;
}

/** The address of a WebSocket on the page's own origin. */
export function socketAddress(path: string): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`;
}
