import { useEffect, useRef, type KeyboardEvent, type PointerEvent as Press } from 'react';

import { cornersAt, type ShapeRef } from './draft';
import { insertAfter, middle, movePoint, removeCorner, type Point } from './geometry';
import type { StageProps } from './Stage';
import styles from './Stage.module.css';
import { zoneTexts } from './texts';

interface HandlesProps extends StageProps {
  shape: ShapeRef;
  toPixel: (point: Point) => Point;
  size: { width: number; height: number };
}

const steps: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** In pixels of the stage. */
const nudge = 1;
const bigNudge = 10;

/** The corners of the chosen shape: dragged, or moved with the arrows. */
export function Handles(props: HandlesProps) {
  const { set, shape, toPixel, size, onCorners, onEndStep, onRemove } = props;
  const t = zoneTexts.useText();
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const corners = cornersAt(set, shape);
  if (!corners) return null;

  /** Follows the pointer until it is let go; a corner that was put in by the press moves on in the same step. */
  const drag = (index: number, press: Press<SVGElement>, step: string): void => {
    press.stopPropagation();
    const bounds = press.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (!bounds) return;
    const follow = ({ clientX, clientY }: PointerEvent): void => {
      const now = latest.current;
      const before = cornersAt(now.set, shape);
      const to: Point = [(clientX - bounds.left) / bounds.width, (clientY - bounds.top) / bounds.height];
      if (before) now.onCorners(shape, movePoint(before, index, to), step);
    };
    const letGo = (): void => {
      window.removeEventListener('pointermove', follow);
      window.removeEventListener('pointerup', letGo);
      window.removeEventListener('pointercancel', letGo);
      onEndStep();
    };
    window.addEventListener('pointermove', follow);
    window.addEventListener('pointerup', letGo);
    window.addEventListener('pointercancel', letGo);
  };
  const stepOf = (index: number): string => `corner-${shape.kind}-${shape.index}-${index}`;
  const onKeyDown = (index: number, event: KeyboardEvent): void => {
    const step = steps[event.key];
    const corner = corners[index];
    if (step && corner) {
      event.preventDefault();
      const by = event.shiftKey ? bigNudge : nudge;
      const to: Point = [corner[0] + (step[0] * by) / size.width, corner[1] + (step[1] * by) / size.height];
      onCorners(shape, movePoint(corners, index, to), `nudge-${shape.kind}-${shape.index}-${index}`);
    } else if (event.key === 'Insert' && corners.length > 2) onCorners(shape, insertAfter(corners, index));
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      const rest = removeCorner(corners, index);
      if (rest) onCorners(shape, rest);
      else onRemove(shape);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      props.onChoose(null);
    }
  };
  return (
    <g className={styles.handles}>
      {corners.length > 2 &&
        corners.map((corner, index) => {
          const [x, y] = toPixel(middle(corner, corners[(index + 1) % corners.length] ?? corner));
          return (
            <circle
              key={`edge-${index}`}
              className={styles.between}
              cx={x}
              cy={y}
              r={5}
              aria-hidden="true"
              onPointerDown={(event) => {
                onCorners(shape, insertAfter(corners, index), stepOf(index + 1));
                drag(index + 1, event, stepOf(index + 1));
              }}
            />
          );
        })}
      {corners.map((corner, index) => {
        const [x, y] = toPixel(corner);
        const percent = (value: number): number => Math.round(value * 100);
        return (
          <circle
            key={index}
            className={styles.corner}
            cx={x}
            cy={y}
            r={7}
            role="button"
            tabIndex={0}
            aria-label={t('vertex', { n: index + 1, x: percent(corner[0]), y: percent(corner[1]) })}
            onPointerDown={(event) => drag(index, event, stepOf(index))}
            onKeyDown={(event) => onKeyDown(index, event)}
          />
        );
      })}
    </g>
  );
}
