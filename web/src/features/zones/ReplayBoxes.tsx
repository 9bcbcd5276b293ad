import type { Point } from './geometry';
import type { ComparedEvent } from './replayDiff';
import styles from './Stage.module.css';

interface ReplayBoxesProps {
  events: readonly ComparedEvent[];
  shown: ComparedEvent | null;
  toPixel: (point: Point) => Point;
}

const most = 60;

/** Where the events of the preview were: new ones solid, gone ones dashed, kept ones thin. */
export function ReplayBoxes({ events, shown, toPixel }: ReplayBoxesProps) {
  const drawn = shown ? [shown] : events.filter(({ fate }) => fate !== 'kept').slice(0, most);
  return (
    <g className={styles.boxes} aria-hidden="true">
      {drawn.map(({ event, fate }) => {
        const [width = 1, height = 1] = event.picture;
        const [left = 0, top = 0, boxWidth = 0, boxHeight = 0] = event.box;
        if (boxWidth <= 0 || width <= 0 || height <= 0) return null;
        const [x, y] = toPixel([left / width, top / height]);
        const [w, h] = toPixel([boxWidth / width, boxHeight / height]);
        return (
          <rect
            key={`${event.rule}-${event.from}-${event.tracks.join()}-${fate}`}
            className={styles[fate]}
            data-shown={shown !== null}
            x={x}
            y={y}
            width={w}
            height={h}
          />
        );
      })}
    </g>
  );
}
