import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';

import { fetchBytes, type Incident } from '@/shared/api';

import { SpanBuffer } from './spanBuffer';

export interface Clip {
  video: RefObject<HTMLVideoElement>;
  phase: 'loading' | 'ready' | 'missing';
  /** The format that this browser does not play; null otherwise. */
  unplayable: string | null;
  onPicture: () => void;
  /** Wall clock of the picture that is shown, or of a moment of the media; null before the first. */
  wallNow: (mediaS?: number) => number | null;
  seekWall: (wallMs: number) => void;
}

interface ClipOptions {
  mayPlayBack: boolean;
  /** Whether the video element is on the page now. */
  isShown: boolean;
}

type ClipIncident = Pick<Incident, 'id' | 'camera' | 'clip_from' | 'clip_to'>;

/** Around the clip as much can be looked at. */
export const aroundMs = 60_000;

/** One file, for those who may see incidents but not play back: its start is only known to the key picture. */
async function playFile(video: HTMLVideoElement, incident: string, signal: AbortSignal): Promise<string> {
  const path = `/api/v1/incidents/${encodeURIComponent(incident)}/clip`;
  const response = await fetchBytes(path, signal, `incident:${incident}`);
  const address = URL.createObjectURL(await response.blob());
  video.src = address;
  return address;
}

/**
 * The clip of an incident, looping, and the minute before and after it. Plays the stored pictures themselves, with their
 * exact times; without the right to play back, the clip as one file.
 */
export function useClip(incident: ClipIncident, { mayPlayBack, isShown }: ClipOptions): Clip {
  const video = useRef<HTMLVideoElement>(null);
  const span = useRef<SpanBuffer | null>(null);
  const [phase, setPhase] = useState<Clip['phase']>('loading');
  const [unplayable, setUnplayable] = useState<string | null>(null);
  const { id, camera } = incident;
  const fromMs = Date.parse(incident.clip_from);
  const toMs = Date.parse(incident.clip_to);
  const end = useRef(toMs);
  end.current = toMs;

  useEffect(() => {
    const element = video.current;
    if (!element || !isShown) return undefined;
    setPhase('loading');
    const abort = new AbortController();
    let file: string | null = null;
    const fallBack = async (): Promise<void> => {
      span.current?.close();
      span.current = null;
      try {
        file = await playFile(element, id, abort.signal);
      } catch {
        if (!abort.signal.aborted) setPhase('missing');
      }
    };
    if (mayPlayBack && 'MediaSource' in window) {
      const baseMs = fromMs - aroundMs - 10_000;
      const onError = (): void => void fallBack();
      const options = { camera, purpose: `incident:${id}`, baseMs, onError, onUnplayable: setUnplayable };
      span.current = new SpanBuffer(element, options);
      span.current.load(fromMs, end.current);
      span.current.seek(fromMs, end.current);
    } else void fallBack();
    return () => {
      abort.abort();
      span.current?.close();
      span.current = null;
      if (file !== null) URL.revokeObjectURL(file);
    };
  }, [id, camera, fromMs, mayPlayBack, isShown]);

  // While the incident goes on its clip grows.
  useEffect(() => {
    const reached = span.current?.reachedMs ?? 0;
    if (reached > 0 && reached < toMs) span.current?.load(reached, toMs);
  }, [toMs]);

  const wallNow = useCallback(
    (mediaS?: number) => {
      const element = video.current;
      if (!element || element.readyState === 0) return null;
      const at = mediaS ?? element.currentTime;
      return span.current ? span.current.wallAt(at) : fromMs + at * 1000;
    },
    [fromMs],
  );
  const seekWall = useCallback(
    (wallMs: number) => {
      const element = video.current;
      if (!element) return;
      if (span.current) span.current.seek(wallMs, end.current + aroundMs);
      else element.currentTime = Math.max(0, (wallMs - fromMs) / 1000);
    },
    [fromMs],
  );
  useLoop({ video, isShown, fromMs, end, wallNow, seekWall });

  const onPicture = useCallback(() => setPhase('ready'), []);
  return useMemo(
    () => ({ video, phase, unplayable, onPicture, wallNow, seekWall }),
    [phase, unplayable, onPicture, wallNow, seekWall],
  );
}

interface Loop {
  video: RefObject<HTMLVideoElement>;
  isShown: boolean;
  fromMs: number;
  end: RefObject<number>;
  wallNow: () => number | null;
  seekWall: (wallMs: number) => void;
}

/** Back to the start of the clip at its end; who looks at the time after it comes back at the end of that. */
function useLoop({ video, isShown, fromMs, end, wallNow, seekWall }: Loop): void {
  const before = useRef<number | null>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    const check = (): void => {
      const wall = wallNow();
      const last = before.current;
      before.current = wall;
      if (wall === null) return;
      const clipEnd = end.current ?? fromMs;
      const passedEnd = last !== null && last < clipEnd && wall >= clipEnd - 50 && wall - last < 3000;
      if (passedEnd || wall > clipEnd + aroundMs) seekWall(fromMs);
    };
    const restart = (): void => {
      seekWall(fromMs);
      void element.play().catch(() => undefined);
    };
    // What is stored ends before the clip does: begin again rather than stand still.
    const onWaiting = (): void => {
      const { buffered, currentTime } = element;
      const last = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
      if (currentTime > 0 && last > 0 && currentTime >= last - 0.3 && (wallNow() ?? 0) > fromMs + 1000)
        restart();
    };
    element.addEventListener('timeupdate', check);
    element.addEventListener('ended', restart);
    element.addEventListener('waiting', onWaiting);
    return () => {
      element.removeEventListener('timeupdate', check);
      element.removeEventListener('ended', restart);
      element.removeEventListener('waiting', onWaiting);
    };
  }, [video, isShown, fromMs, end, wallNow, seekWall]);
}
