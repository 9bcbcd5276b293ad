import { useRef, type PointerEvent } from 'react';

import { classes } from '@/shared/ui';

import { gravityOfZone, type RuleSet, type ShapeKind } from './draft';
import { centreOf, faultOf, leftOf, moveShape, type Corners, type Point } from './geometry';
import type { StageProps } from './Stage';
import styles from './Stage.module.css';

interface ShapeProps {
  kind: ShapeKind;
  index: number;
  corners: Corners;
  set: RuleSet;
  toPixel: (point: Point) => Point;
  isChosen: boolean;
  isQuiet: boolean;
  stage: StageProps;
  size: { width: number; height: number };
}

/** The hatching of areas that are not analysed. */
export function MaskPattern() {
  return (
    <defs>
      <pattern
        id="zone-hatch"
        width="8"
        height="8"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line className={styles.hatch} x1="0" y1="0" x2="0" y2="8" />
      </pattern>
    </defs>
  );
}

/** Moves the whole shape with the pointer. */
function useDrag({ kind, index, corners, stage, size }: ShapeProps) {
  const start = useRef<{ x: number; y: number; corners: Corners } | null>(null);
  return {
    onPointerDown: (event: PointerEvent<SVGElement>) => {
      event.stopPropagation();
      if (event.button !== 0) return;
      stage.onChoose({ kind, index });
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, y: event.clientY, corners };
    },
    onPointerMove: (event: PointerEvent<SVGElement>) => {
      const from = start.current;
      if (!from) return;
      const by: Point = [(event.clientX - from.x) / size.width, (event.clientY - from.y) / size.height];
      if (by[0] === 0 && by[1] === 0) return;
      stage.onCorners({ kind, index }, moveShape(from.corners, by), `drag-${kind}-${index}`);
    },
    onPointerUp: () => {
      start.current = null;
      stage.onEndStep();
    },
  };
}

/** One area, line or mask. */
export function Shape(props: ShapeProps) {
  const { kind, index, corners, set, toPixel, isChosen, isQuiet } = props;
  const drag = useDrag(props);
  const zone = kind === 'zones' ? set.zones[index] : undefined;
  const gravity = zone ? gravityOfZone(set, zone.id) : 0;
  const pixels = corners.map(toPixel);
  const points = pixels.map((point) => point.join(',')).join(' ');
  const isLine = corners.length === 2;
  const look = classes(
    styles.shape,
    kind === 'masks' && styles.mask,
    kind === 'private_masks' && styles.privateMask,
    gravity > 0 && styles[`g${gravity}`],
    isChosen && styles.chosen,
    faultOf(corners) !== null && styles.faulty,
  );
  // In the middle of a line stand its sides.
  const [labelX, labelY] = toPixel(isLine && corners[0] ? corners[0] : centreOf(corners));
  return (
    <g className={look} {...(isQuiet ? {} : drag)}>
      {isLine ? (
        <>
          <polyline className={styles.casing} points={points} />
          <polyline className={styles.edge} points={points} />
          <polyline className={styles.grip} points={points} />
          <LineSides pixels={pixels} set={set} zone={zone?.id ?? ''} />
        </>
      ) : (
        <>
          <polygon className={styles.casing} points={points} />
          <polygon className={styles.area} points={points} />
        </>
      )}
      {zone && (
        <text className={styles.label} x={labelX} y={isLine ? labelY - 12 : labelY} textAnchor="middle">
          {zone.name ?? zone.id}
        </text>
      )}
    </g>
  );
}

const arrowLength = 26;

/** A and B on both sides of a line, and arrows the way that its rules count. */
function LineSides({ pixels, set, zone }: { pixels: readonly Point[]; set: RuleSet; zone: string }) {
  const [a, b] = pixels;
  if (!a || !b) return null;
  const [lx, ly] = leftOf(a, b);
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const rules = set.rules.filter((rule) => rule.behaviour === 'line_crossing' && rule.zones?.includes(zone));
  const counts = (way: string): boolean =>
    rules.length === 0 ||
    rules.some((rule) => (rule.direction ?? 'both') === 'both' || rule.direction === way);
  const arrow = (sign: number): string => {
    const [tx, ty] = [x + lx * arrowLength * sign, y + ly * arrowLength * sign];
    const [hx, hy] = [lx * 7 * sign, ly * 7 * sign];
    const head = `${tx - hx - hy},${ty - hy + hx} ${tx},${ty} ${tx - hx + hy},${ty - hy - hx}`;
    return `M${x},${y} L${tx},${ty} M${head.replaceAll(' ', ' L')}`;
  };
  return (
    <g className={styles.sides}>
      {counts('b_to_a') && <path d={arrow(1)} />}
      {counts('a_to_b') && <path d={arrow(-1)} />}
      <text x={x + lx * (arrowLength + 12)} y={y + ly * (arrowLength + 12) + 4} textAnchor="middle">
        A
      </text>
      <text x={x - lx * (arrowLength + 12)} y={y - ly * (arrowLength + 12) + 4} textAnchor="middle">
        B
      </text>
    </g>
  );
}
