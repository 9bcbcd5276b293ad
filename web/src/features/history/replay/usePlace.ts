import { useCallback, useEffect, useState } from 'react';

import type { Clip } from '@/shared/player';

import { sceneAt } from './story';

export interface Place {
  index: number;
  isPlaying: boolean;
  go: (index: number) => void;
  step: (by: number) => void;
  toggle: () => void;
}

/** Which scene is shown: moved by hand while it stands, by the picture while it plays. The picture follows. */
export function usePlace(clip: Clip, times: readonly number[], first: number): Place {
  const [index, setIndex] = useState(first);
  const [isPlaying, setPlaying] = useState(false);
  const { video, phase, wallNow, seekWall } = clip;
  const last = times.length - 1;

  const go = useCallback(
    (wanted: number) => {
      const next = Math.max(0, Math.min(last, wanted));
      setPlaying(false);
      video.current?.pause();
      setIndex(next);
      const wall = times[next];
      // A little behind its begin, so that rounding does not show the picture before.
      if (wall !== undefined) seekWall(wall + 2);
    },
    [last, times, seekWall, video],
  );

  // The first picture is the one of the scene that is chosen.
  useEffect(() => {
    const wall = times[index];
    if (phase === 'ready' && wall !== undefined) seekWall(wall + 2);
    // Only when the pictures come: later moves seek by themselves.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [phase]);

  useEffect(() => {
    if (!isPlaying) return undefined;
    let handle = 0;
    const follow = (): void => {
      const wall = wallNow();
      if (wall !== null) setIndex(sceneAt(times, wall));
      handle = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(handle);
  }, [isPlaying, times, wallNow]);

  const toggle = useCallback(() => {
    const element = video.current;
    if (!element || phase !== 'ready') return;
    if (element.paused)
      void element.play().then(
        () => setPlaying(true),
        () => undefined,
      );
    else {
      element.pause();
      setPlaying(false);
    }
  }, [phase, video]);

  return { index, isPlaying, go, step: (by) => go(index + by), toggle };
}
