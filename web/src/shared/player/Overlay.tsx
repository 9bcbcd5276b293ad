import { useEffect, useRef, type RefObject } from 'react';

import { usePreferences } from '@/shared/session/preferences';

import { drawOverlay, overlayLook, pictureRect, type OverlayZone, type SceneAt } from './boxes';
import styles from './Player.module.css';

interface OverlayProps {
  /** The boxes of the picture that is shown now; of the media time when the video says it. */
  sceneNow: (mediaS?: number) => SceneAt | null;
  /** The video whose pictures it follows; without one it draws with the screen. */
  video?: RefObject<HTMLVideoElement | null>;
  picture: { width: number; height: number };
  fit: 'contain' | 'cover';
  zones: readonly OverlayZone[];
  marked: ReadonlySet<number>;
  gravity: number | null;
}

const noSize = { width: 0, height: 0 };

/** Draws boxes and zones over the picture, once for each picture that is shown. */
export function Overlay({ sceneNow, video, picture, fit, zones, marked, gravity }: OverlayProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = usePreferences((store) => store.theme);
  const { width, height } = picture;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return undefined;
    let look = overlayLook(element, gravity);
    let size = noSize;
    const measure = (): void => {
      // What is not in the page yet has no colours.
      look = overlayLook(element, gravity);
      const { clientWidth, clientHeight } = element;
      size = { width: clientWidth * devicePixelRatio, height: clientHeight * devicePixelRatio };
      element.width = size.width;
      element.height = size.height;
    };
    const draw = (mediaS?: number): void => {
      if (size.width === 0) return;
      const rect = pictureRect(size, { width, height }, fit);
      drawOverlay(context, {
        rect,
        scene: sceneNow(mediaS),
        zones,
        look,
        marked,
        ratio: devicePixelRatio,
      });
    };
    const observer = new ResizeObserver(() => {
      measure();
      draw();
    });
    observer.observe(element);
    const stop = onEachPicture(video?.current ?? null, draw);
    return () => {
      observer.disconnect();
      stop();
    };
  }, [sceneNow, video, width, height, fit, zones, marked, gravity, theme]);

  return <canvas data-over="picture" ref={canvas} className={styles.overlay} aria-hidden="true" />;
}

function onEachPicture(video: HTMLVideoElement | null, draw: (mediaS?: number) => void): () => void {
  let isStopped = false;
  let handle = 0;
  const followsVideo = video !== null && 'requestVideoFrameCallback' in video;
  const next = (mediaS?: number): void => {
    if (isStopped) return;
    draw(mediaS);
    handle = followsVideo
      ? video.requestVideoFrameCallback((_, picture) => next(picture.mediaTime))
      : requestAnimationFrame(() => next());
  };
  next();
  return () => {
    isStopped = true;
    if (followsVideo) video.cancelVideoFrameCallback(handle);
    else cancelAnimationFrame(handle);
  };
}
