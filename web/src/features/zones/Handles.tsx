import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

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
  const dragged = useRef<number | null>(null);
  const corners = cornersAt(set, shape);
  if (!corners) return null;

  const move = (index: number, event: PointerEvent<SVGElement>): void => {
    if (dragged.current !== index) return;
    const bounds = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (!bounds) return;
    const to: Point = [
      (event.clientX - bounds.left) / bounds.width,
      (event.clientY - bounds.top) / bounds.height,
    ];
    onCorners(shape, movePoint(corners, index, to), `corner-${shape.kind}-${shape.index}-${index}`);
  };
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
                event.stopPropagation();
                onCorners(shape, insertAfter(corners, index));
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
            onPointerDown={(event) => {
              event.stopPropagation();
              dragged.current = index;
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={(event) => move(index, event)}
            onPointerUp={() => {
              dragged.current = null;
              onEndStep();
            }}
            onKeyDown={(event) => onKeyDown(index, event)}
          />
        );
      })}
    </g>
  );
}
