import {
  ChevronFirst,
  ChevronLast,
  Download,
  Pause,
  Play,
  Rewind,
  ScanSearch,
  SquareDashed,
  StepBack,
  StepForward,
} from 'lucide-react';
import { useSyncExternalStore } from 'react';

import { useKey } from '@/shared/keyboard';
import { formatSpan, formatTime } from '@/shared/time/time';
import { Button, IconButton, Select } from '@/shared/ui';

import type { Deck } from './deck';
import { GoTo } from './GoTo';
import { speeds } from './masterClock';
import styles from './Playback.module.css';
import { playbackTexts } from './texts';

export interface Marks {
  from: number | null;
  to: number | null;
}

interface TransportProps {
  deck: Deck;
  marks: Marks;
  onMarks: (marks: Marks) => void;
  hasBoxes: boolean;
  onBoxes: () => void;
  /** Null: the user may not. */
  onSearch: (() => void) | null;
  onExport: (() => void) | null;
  onEvent: (direction: 1 | -1) => void;
}

const skipMs = 5_000;

export function useClock(deck: Deck) {
  return useSyncExternalStore(deck.clock.subscribe, deck.clock.snapshot);
}

function useTransportKeys({ deck, marks, onMarks, ...props }: TransportProps, toggle: () => void): void {
  const t = playbackTexts.useText();
  const { clock } = deck;
  const jump = (ms: number) => () => clock.seek(clock.now() + ms);
  useKey('playback', 'Space', toggle, t('playPause'));
  useKey('playback', 'J', () => clock.shuttle(-1), t('backwards'));
  useKey('playback', 'K', () => clock.pause(), t('stop'));
  useKey('playback', 'L', () => clock.shuttle(1), t('forwards'));
  useKey('playback', ',', () => deck.step(-1), t('frameBack'));
  useKey('playback', '.', () => deck.step(1), t('frameOn'));
  useKey('playback', 'ArrowLeft', jump(-skipMs), t('fiveBack'));
  useKey('playback', 'ArrowRight', jump(skipMs), t('fiveOn'));
  useKey('playback', 'Shift+ArrowLeft', jump(-12 * skipMs), t('minuteBack'));
  useKey('playback', 'Shift+ArrowRight', jump(12 * skipMs), t('minuteOn'));
  useKey('playback', 'I', () => onMarks(withStart(marks, clock.now())), t('markIn'));
  useKey('playback', 'O', () => onMarks(withEnd(marks, clock.now())), t('markOut'));
  useKey('playback', 'X', () => onMarks({ from: null, to: null }), t('markNone'));
  useKey('playback', 'B', props.onBoxes, t('boxes'));
  useKey('playback', 'N', () => props.onEvent(1), t('nextEvent'));
  useKey('playback', 'P', () => props.onEvent(-1), t('previousEvent'));
  useKey('playback', 'F', () => props.onSearch?.(), t('search'), { when: props.onSearch !== null });
  useKey('playback', 'E', () => props.onExport?.(), t('export'), { when: props.onExport !== null });
}

export function withStart(marks: Marks, moment: number): Marks {
  return { from: moment, to: marks.to !== null && marks.to > moment ? marks.to : null };
}

export function withEnd(marks: Marks, moment: number): Marks {
  return { from: marks.from !== null && marks.from < moment ? marks.from : null, to: moment };
}

/** Everything that moves time, and what is done with the chosen part. */
export function Transport(props: TransportProps) {
  const { deck, marks, hasBoxes, onBoxes, onSearch, onExport, onEvent } = props;
  const t = playbackTexts.useText();
  const { isPlaying, speed } = useClock(deck);
  const toggle = (): void => (deck.clock.snapshot().isPlaying ? deck.clock.pause() : deck.clock.play());
  useTransportKeys(props, toggle);
  const setSpeed = (value: string): void => {
    if (isPlaying) deck.clock.play(Number(value));
    else deck.clock.setSpeed(Number(value));
  };
  return (
    <div className={styles.transport} role="toolbar" aria-label={t('transport')}>
      <IconButton
        label={t('previousEvent')}
        keyName="P"
        icon={<ChevronFirst />}
        onClick={() => onEvent(-1)}
      />
      <IconButton
        label={t('backwards')}
        keyName="J"
        icon={<Rewind />}
        onClick={() => deck.clock.shuttle(-1)}
      />
      <IconButton label={t('frameBack')} keyName="," icon={<StepBack />} onClick={() => deck.step(-1)} />
      <IconButton
        look="plain"
        label={t('playPause')}
        keyName="Space"
        icon={isPlaying ? <Pause /> : <Play />}
        onClick={toggle}
      />
      <IconButton label={t('frameOn')} keyName="." icon={<StepForward />} onClick={() => deck.step(1)} />
      <IconButton label={t('nextEvent')} keyName="N" icon={<ChevronLast />} onClick={() => onEvent(1)} />
      <div className={styles.speed}>
        <Select
          label={t('speed')}
          isLabelHidden
          value={String(Math.abs(speed))}
          choices={speeds.map((value) => ({ value: String(value), label: speedWords(value, speed) }))}
          onChange={setSpeed}
        />
      </div>
      <GoTo deck={deck} />
      <span className={styles.space} />
      <MarksWords marks={marks} />
      <IconButton
        label={t('boxes')}
        keyName="B"
        aria-pressed={hasBoxes}
        icon={<SquareDashed />}
        onClick={onBoxes}
      />
      {onSearch && (
        <Button look="quiet" icon={<ScanSearch />} keyName="F" onClick={onSearch}>
          {t('search')}
        </Button>
      )}
      {onExport && (
        <Button icon={<Download />} keyName="E" onClick={onExport}>
          {t('export')}
        </Button>
      )}
    </div>
  );
}

function speedWords(value: number, speed: number): string {
  const words = value < 1 ? `1/${1 / value}` : String(value);
  return `${speed < 0 && Math.abs(speed) === value ? '−' : ''}${words}×`;
}

function MarksWords({ marks }: { marks: Marks }) {
  const t = playbackTexts.useText();
  const { from, to } = marks;
  if (from === null && to === null) return <span className={styles.marks}>{t('marksHint')}</span>;
  const span = from !== null && to !== null ? ` (${formatSpan(to - from)})` : '';
  return (
    <span className={styles.marks}>
      {from === null ? '…' : formatTime(from)} – {to === null ? '…' : formatTime(to)}
      {span}
    </span>
  );
}
