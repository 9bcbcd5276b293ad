import { useEffect, useState, type RefObject } from 'react';

import { pictureRect, type PictureRect } from '@/shared/player/boxes';

const nothing: PictureRect = { x: 0, y: 0, width: 0, height: 0 };

/** The part of an element that a picture of this size covers, in pixels. */
export function useStageSize(
  frame: RefObject<HTMLElement>,
  picture: { width: number; height: number },
): PictureRect {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return size.width === 0 ? nothing : pictureRect(size, picture, 'contain');
}
