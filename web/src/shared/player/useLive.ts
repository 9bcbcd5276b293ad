import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

import { now } from '@/shared/time/time';

import { markFirstPicture } from './firstPicture';
import { LiveConnection, type LiveScene, type LiveState, type StreamInfo } from './liveConnection';
import { MediaBuffer } from './mediaBuffer';
import { SceneTrail, type SceneAt } from './boxes';
import type { Packet } from './packet';
import { liveStarts } from './startQueue';

export interface LiveOptions {
  camera: string;
  role: 'auto' | 'main' | 'sub';
  hasBoxes: boolean;
  video: RefObject<HTMLVideoElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
}

export interface Live {
  info: StreamInfo | null;
  state: LiveState;
  hasPicture: boolean;
  /** Others start first: a still stands for it until the first picture. */
  needsStill: boolean;
  unplayable: string | null;
  /** The wall clock of the picture on the screen; null before the first. */
  wallNow: (mediaS?: number) => number | null;
  sceneNow: (mediaS?: number) => SceneAt | null;
}

async function drawJpeg(canvas: HTMLCanvasElement, packet: Packet): Promise<void> {
  const bitmap = await createImageBitmap(new Blob([packet.payload], { type: 'image/jpeg' }));
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
  }
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
}

/** Connects a video element (H.264) and a canvas (JPEG) with one live socket. */
export function useLive({ camera, role, hasBoxes, video, canvas }: LiveOptions): Live {
  const [info, setInfo] = useState<StreamInfo | null>(null);
  const [state, setState] = useState<LiveState>(() => ({ state: 'connecting', since: now(), detail: '' }));
  const [hasPicture, setHasPicture] = useState(false);
  const [needsStill, setNeedsStill] = useState(false);
  const [unplayable, setUnplayable] = useState<string | null>(null);
  const buffer = useRef<MediaBuffer | null>(null);
  const jpegWall = useRef<number | null>(null);
  const trail = useRef(new SceneTrail());

  useEffect(() => {
    const startedAt = performance.now();
    const element = video.current;
    let isFirst = true;
    const onPicture = (): void => {
      if (!isFirst) return;
      isFirst = false;
      turn.done();
      markFirstPicture(camera, startedAt);
      setHasPicture(true);
    };
    const openBuffer = (stream: StreamInfo): void => {
      if (buffer.current) buffer.current.changeMime(stream.mime);
      else if (element && MediaBuffer.canPlay(stream.mime)) {
        buffer.current = new MediaBuffer(element, stream.mime, setUnplayable);
      } else setUnplayable(stream.mime);
    };
    const closeBuffer = (): void => {
      buffer.current?.close();
      buffer.current = null;
    };
    const sink = {
      onStream: (stream: StreamInfo) => {
        setInfo(stream);
        setUnplayable(null);
        if (stream.kind === 'fmp4') openBuffer(stream);
        else closeBuffer();
      },
      onPacket: (packet: Packet) => {
        setState((before) =>
          before.state === 'playing' ? before : { state: 'playing', since: now(), detail: '' },
        );
        if (packet.kind !== 'jpeg') buffer.current?.push(packet);
        else if (canvas.current) {
          jpegWall.current = packet.wallMs;
          void drawJpeg(canvas.current, packet).then(onPicture, () => undefined);
        }
      },
      onScene: (scene: LiveScene) => trail.current.add(scene),
      onState: setState,
    };
    let connection: LiveConnection | null = null;
    const turn = liveStarts.take(() => {
      connection = new LiveConnection({ camera, role, hasScenes: hasBoxes }, sink);
    });
    setNeedsStill(!turn.hasBegun);
    element?.addEventListener('loadeddata', onPicture);
    const currentTrail = trail;
    return () => {
      element?.removeEventListener('loadeddata', onPicture);
      turn.done();
      connection?.close();
      closeBuffer();
      currentTrail.current = new SceneTrail();
      jpegWall.current = null;
      setHasPicture(false);
      setInfo(null);
    };
  }, [camera, role, hasBoxes, video, canvas]);

  const wallNow = useCallback(
    (mediaS?: number) =>
      buffer.current
        ? buffer.current.clock.wallAt(mediaS ?? video.current?.currentTime ?? 0)
        : jpegWall.current,
    [video],
  );
  const sceneNow = useCallback(
    (mediaS?: number) => {
      const wall = wallNow(mediaS);
      return wall === null ? null : trail.current.at(wall);
    },
    [wallNow],
  );
  return { info, state, hasPicture, needsStill, unplayable, wallNow, sceneNow };
}
