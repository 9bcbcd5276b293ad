import { useRef, useState, type KeyboardEvent } from 'react';

import { common } from '@/shared/i18n';
import { Button, Dialog, TextArea } from '@/shared/ui';

import { days, emptyWeek, isNever, setHours, spansOf, weekOf, type Week } from './schedule';
import { zoneTexts } from './texts';
import styles from './Week.module.css';

interface WeekDialogProps {
  spans: readonly string[];
  onClose: () => void;
  onChange: (spans: string[]) => void;
}

const presets = {
  always: [],
  night: ['daily 22:00-06:00'],
  day: ['mon-fri 08:00-18:00'],
  weekend: ['sat,sun 00:00-24:00'],
} as const;

type Cell = [number, number];

function Grid({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  const t = zoneTexts.useText();
  const [focused, setFocused] = useState<Cell>([0, 0]);
  const drag = useRef<{ from: Cell; week: Week; isOn: boolean } | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const paintTo = (cell: Cell): void => {
    const start = drag.current;
    if (start) onChange(setHours(start.week, start.from, cell, start.isOn));
  };
  const onKeyDown = (event: KeyboardEvent, [day, hour]: Cell): void => {
    const moves: Record<string, Cell> = {
      ArrowLeft: [day, hour - 1],
      ArrowRight: [day, hour + 1],
      ArrowUp: [day - 1, hour],
      ArrowDown: [day + 1, hour],
    };
    const to = moves[event.key];
    if (to) {
      event.preventDefault();
      const cell: Cell = [Math.min(6, Math.max(0, to[0])), Math.min(23, Math.max(0, to[1]))];
      setFocused(cell);
      grid.current?.querySelector<HTMLElement>(`[data-cell="${cell.join('-')}"]`)?.focus();
    }
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      onChange(setHours(week, [day, hour], [day, hour], !week[day]?.[hour]));
    }
  };
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={t('whenTitle')}
      className={styles.grid}
      onPointerUp={() => (drag.current = null)}
      onPointerLeave={() => (drag.current = null)}
    >
      <div role="row" className={styles.row}>
        <span role="columnheader" aria-label={t('when')} />
        {Array.from({ length: 24 }, (_, hour) => (
          <span key={hour} role="columnheader" className={styles.hour}>
            {hour % 3 === 0 ? hour : ''}
          </span>
        ))}
      </div>
      {days.map((name, day) => (
        <div key={name} role="row" className={styles.row}>
          <span role="rowheader" className={styles.day}>
            {t(`day.${name}`)}
          </span>
          {Array.from({ length: 24 }, (_, hour) => (
            <button
              key={hour}
              type="button"
              role="gridcell"
              className={styles.cell}
              data-cell={`${day}-${hour}`}
              aria-selected={week[day]?.[hour] ?? false}
              aria-label={t('cell', { day: t(`day.${name}`), hour })}
              tabIndex={focused[0] === day && focused[1] === hour ? 0 : -1}
              onFocus={() => setFocused([day, hour])}
              onPointerDown={(event) => {
                event.currentTarget.releasePointerCapture(event.pointerId);
                drag.current = { from: [day, hour], week, isOn: !week[day]?.[hour] };
                paintTo([day, hour]);
              }}
              onPointerEnter={() => paintTo([day, hour])}
              onKeyDown={(event) => onKeyDown(event, [day, hour])}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** When a rule works: a week of hours to paint, or its text when it has minutes. */
export function WeekDialog({ spans, onClose, onChange }: WeekDialogProps) {
  const t = zoneTexts.useText();
  const words = common.useText();
  const [week, setWeek] = useState(() => weekOf(spans));
  const [text, setText] = useState(spans.join('\n'));
  const next = week
    ? spansOf(week)
    : text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('whenTitle')}
      description={t(week ? 'whenText' : 'minutes')}
      width={46}
      foot={
        <>
          <Button look="quiet" onClick={onClose}>
            {words('action.cancel')}
          </Button>
          <Button
            look="primary"
            onClick={() => {
              onChange(week && isNever(week) ? [] : next);
              onClose();
            }}
          >
            {words('action.apply')}
          </Button>
        </>
      }
    >
      {week ? (
        <>
          <div className={styles.presets}>
            {(Object.keys(presets) as (keyof typeof presets)[]).map((name) => (
              <Button key={name} onClick={() => setWeek(weekOf(presets[name]))}>
                {t(`preset.${name}`)}
              </Button>
            ))}
          </div>
          <Grid week={week} onChange={setWeek} />
          <p className={styles.spans}>{isNever(week) ? t('never') : scheduleWords(next)}</p>
        </>
      ) : (
        <>
          <TextArea
            label={t('when')}
            rows={5}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button look="quiet" onClick={() => setWeek(emptyWeek(true))}>
            {t('asGrid')}
          </Button>
        </>
      )}
    </Dialog>
  );
}

/** "월–금 22:00–06:00". */
export function scheduleWords(spans: readonly string[]): string {
  const { t } = zoneTexts;
  if (spans.length === 0) return t('always');
  return spans
    .map((span) =>
      span
        .replaceAll(/\b(mon|tue|wed|thu|fri|sat|sun|daily)\b/g, (name) =>
          zoneTexts.has(`day.${name}`) ? t(`day.${name}` as 'day.mon') : name,
        )
        .replaceAll('-', '–'),
    )
    .join(', ');
}
