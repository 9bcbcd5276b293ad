import type { CameraState, IncidentSummary, Wall } from '@/shared/api/model';

export interface CameraStateChange {
  id: string;
  state: CameraState;
  since: string;
  detail: string;
}

export interface Load {
  [key: string]: unknown;
}

/** What the server says on the event stream (docs/design/console.md, "Event stream"). */
export type StreamMessage =
  | { type: 'welcome'; change: number; time: string }
  | { type: 'incident'; change: number; changes: string[]; incident: IncidentSummary }
  | { type: 'cameras'; is_all: boolean; states: CameraStateChange[] }
  | ({ type: 'wall' } & Wall)
  | ({ type: 'load' } & Load)
  | { type: 'resync' }
  | { type: 'session_ended'; reason: string };

export function parseMessage(text: string): StreamMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('type' in value)) return null;
    return value as StreamMessage;
  } catch {
    return null;
  }
}
