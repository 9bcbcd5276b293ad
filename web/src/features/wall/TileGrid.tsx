import { useEffect, useRef, useState, type CSSProperties } from 'react';

import type { Tile } from '@/shared/api';
import { classes } from '@/shared/ui';

import { columnsFor } from './layouts';
import { WallTile } from './WallTile';
import styles from './Wall.module.css';

interface TileGridProps {
  tiles: readonly (Tile | null)[];
  live: ReadonlySet<string>;
  chosen: number;
  isBare: boolean;
  /** One row: the cameras that pass by. */
  isStrip: boolean;
  onColumns?: (columns: number) => void;
  onChoose: (place: number) => void;
  onEnlarge: (tile: Tile | null) => void;
}

/** Pictures in a grid that fills its area; a tile keeps its place, so that nothing moves under the cursor. */
export function TileGrid(props: TileGridProps) {
  const { tiles, isStrip, onColumns } = props;
  const grid = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(1);
  const count = tiles.length;
  useEffect(() => {
    const element = grid.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const next = isStrip ? count : columnsFor(count, element.clientWidth, element.clientHeight);
      setColumns(next);
      onColumns?.(next);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [count, isStrip, onColumns]);
  const style = { '--columns': columns, '--rows': Math.ceil(count / columns) } as CSSProperties;
  return (
    <div ref={grid} className={classes(styles.grid, isStrip && styles.strip)} style={style}>
      {tiles.map((tile, place) => (
        <WallTile
          key={place}
          tile={tile}
          isLive={tile !== null && props.live.has(tile.camera)}
          isChosen={place === props.chosen}
          isBare={props.isBare}
          onChoose={() => props.onChoose(place)}
          onEnlarge={() => props.onEnlarge(tile)}
        />
      ))}
    </div>
  );
}
