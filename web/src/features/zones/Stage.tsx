import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

import type { RuleSet, ShapeRef } from './draft';
import { isSameShape } from './draft';
import { clampPoint, type Corners, type Point } from './geometry';
import { Handles } from './Handles';
import { ReplayBoxes } from './ReplayBoxes';
import type { ComparedEvent } from './replayDiff';
import { MaskPattern, Shape } from './Shape';
import styles from './Stage.module.css';
import { zoneTexts } from './texts';
import { useStageSize } from './useStageSize';

export type Tool = 'select' | 'area' | 'line' | 'masks' | 'private_masks';

export interface StageProps {
  set: RuleSet;
  tool: Tool;
  chosen: ShapeRef | null;
  still: string | null;
  picture: { width: number; height: number };
  events: readonly ComparedEvent[];
  shownEvent: ComparedEvent | null;
  onChoose: (shape: ShapeRef | null) => void;
  onCorners: (shape: ShapeRef, corners: Corners, step?: string) => void;
  onEndStep: () => void;
  onRemove: (shape: ShapeRef) => void;
  onDrawn: (corners: Corners) => void;
  onCancel: () => void;
}

const closeWithin = 12;

/** The still of the camera with everything that is drawn on it. */
export function Stage(props: StageProps) {
  const { set, tool, chosen, still, picture, onChoose, onDrawn, onCancel } = props;
  const t = zoneTexts.useText();
  const frame = useRef<HTMLDivElement>(null);
  const rect = useStageSize(frame, picture);
  const [drawn, setDrawn] = useState<Point[]>([]);
  const [pointer, setPointer] = useState<Point | null>(null);
  const isDrawing = tool !== 'select';

  const pointOf = (event: PointerEvent<SVGSVGElement>): Point => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return clampPoint([
      (event.clientX - bounds.left) / bounds.width,
      (event.clientY - bounds.top) / bounds.height,
    ]);
  };
  const finish = (corners: Point[]): void => {
    setDrawn([]);
    onDrawn(corners);
  };
  const addPoint = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.button !== 0) return;
    const point = pointOf(event);
    const [first] = drawn;
    const isAtFirst =
      first !== undefined &&
      drawn.length >= 3 &&
      Math.hypot((first[0] - point[0]) * rect.width, (first[1] - point[1]) * rect.height) < closeWithin;
    if (isAtFirst) finish(drawn);
    else if (tool === 'line' && drawn.length === 1) finish([...drawn, point]);
    else setDrawn([...drawn, point]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isDrawing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      setDrawn([]);
      onCancel();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      // From the keyboard alone a shape begins in the middle of the picture and is moved from there.
      if (drawn.length >= 3) finish(drawn);
      else finish(tool === 'line' ? middleLine : middleArea);
    } else if (event.key === 'Backspace') setDrawn(drawn.slice(0, -1));
  };

  const toPixel = ([x, y]: Point): Point => [x * rect.width, y * rect.height];
  const sketch = pointer && drawn.length > 0 ? [...drawn, pointer] : drawn;
  return (
    <div ref={frame} className={styles.frame}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a drawing board has its own keys */}
      <div
        role="application"
        aria-label={t('stage')}
        aria-describedby="zone-stage-help"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- drawing begins by key here
        tabIndex={0}
        className={styles.stage}
        style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
        onKeyDown={onKeyDown}
      >
        {still !== null && <img className={styles.still} src={still} alt="" draggable={false} />}
        <svg
          className={styles.drawing}
          data-drawing={isDrawing}
          width={rect.width}
          height={rect.height}
          onPointerDown={(event) => (isDrawing ? addPoint(event) : onChoose(null))}
          onPointerMove={(event) => isDrawing && setPointer(pointOf(event))}
        >
          <MaskPattern />
          {(['private_masks', 'masks'] as const).map((kind) =>
            set[kind].map((corners, index) => (
              <Shape
                key={`${kind}-${index}`}
                kind={kind}
                index={index}
                corners={corners}
                set={set}
                toPixel={toPixel}
                isChosen={isSameShape(chosen, { kind, index })}
                isQuiet={isDrawing}
                stage={props}
                size={rect}
              />
            )),
          )}
          {set.zones.map((zone, index) => (
            <Shape
              key={zone.id}
              kind="zones"
              index={index}
              corners={zone.points}
              set={set}
              toPixel={toPixel}
              isChosen={isSameShape(chosen, { kind: 'zones', index })}
              isQuiet={isDrawing}
              stage={props}
              size={rect}
            />
          ))}
          <ReplayBoxes events={props.events} shown={props.shownEvent} toPixel={toPixel} />
          {chosen && !isDrawing && <Handles {...props} shape={chosen} toPixel={toPixel} size={rect} />}
          {sketch.length > 0 && (
            <g className={styles.sketch}>
              <polyline points={sketch.map((point) => toPixel(point).join(',')).join(' ')} />
              {drawn.map((point) => {
                const [x, y] = toPixel(point);
                return <circle key={point.join()} cx={x} cy={y} r={5} />;
              })}
            </g>
          )}
        </svg>
      </div>
      <p id="zone-stage-help" className="visually-hidden">
        {t('stageHelp')}
      </p>
    </div>
  );
}

const middleArea: Point[] = [
  [0.35, 0.35],
  [0.65, 0.35],
  [0.65, 0.65],
  [0.35, 0.65],
];
const middleLine: Point[] = [
  [0.35, 0.5],
  [0.65, 0.5],
];
