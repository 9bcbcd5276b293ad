import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';

import { classes } from './classes';
import styles from './Table.module.css';

export interface Column<Row> {
  id: string;
  title: ReactNode;
  /** A width of CSS grid: "8rem", "minmax(10rem, 2fr)". */
  width: string;
  render: (row: Row) => ReactNode;
  isNumber?: boolean;
  isSortable?: boolean;
  /** Left out on the screen of a phone. */
  isSecondary?: boolean;
}

export interface Sorting {
  column: string;
  isDescending: boolean;
}

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  selected?: string | null;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** Called when the last rows come into sight: load the next page. */
  onEnd?: () => void;
}

/** Rows that exist only while in sight: 100,000 of them scroll as ten do. */
export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  onOpen,
  selected,
  sorting,
  onSort,
  onEnd,
}: TableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight(),
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= 0 && last >= rows.length - 5) onEnd?.();
  }, [last, rows.length, onEnd]);

  const template = (shown: readonly Column<Row>[]): string => shown.map(({ width }) => width).join(' ');
  const sizes = {
    '--columns': template(columns),
    '--columns-narrow': template(columns.filter((column) => !column.isSecondary)),
  };
  return (
    <div ref={scroller} className={styles.scroller}>
      <div
        role="table"
        aria-label={label}
        aria-rowcount={rows.length}
        className={styles.table}
        style={sizes as CSSProperties}
      >
        <Head columns={columns} sorting={sorting} onSort={onSort} />
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={key === selected}
                className={classes(styles.row, onOpen && styles.clickable)}
                style={{ transform: `translateY(${item.start}px)` }}
                tabIndex={onOpen ? 0 : undefined}
                onClick={() => onOpen?.(row)}
                onKeyDown={(event) =>
                  event.key === 'Enter' && event.target === event.currentTarget && onOpen?.(row)
                }
              >
                {columns.map((column) => (
                  <div key={column.id} role="cell" className={cellClass(column)}>
                    {column.render(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function cellClass<Row>(column: Column<Row>): string {
  return classes(styles.cell, column.isNumber && styles.end, column.isSecondary && styles.secondary);
}

function rowHeight(): number {
  const style = getComputedStyle(document.documentElement);
  return parseFloat(style.getPropertyValue('--row')) * parseFloat(style.fontSize) || 36;
}

interface HeadProps<Row> {
  columns: readonly Column<Row>[];
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
}

function Head<Row>({ columns, sorting, onSort }: HeadProps<Row>) {
  return (
    <div role="rowgroup">
      <div role="row" className={styles.head}>
        {columns.map((column) => {
          const isSorted = sorting?.column === column.id;
          const isDescending = isSorted && sorting.isDescending;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={cellClass(column)}
              {...(isSorted && { 'aria-sort': isDescending ? 'descending' : 'ascending' })}
            >
              {column.isSortable && onSort ? (
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => onSort({ column: column.id, isDescending: isSorted && !isDescending })}
                >
                  {column.title}
                  {isSorted && (isDescending ? <ArrowDown /> : <ArrowUp />)}
                </button>
              ) : (
                column.title
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
