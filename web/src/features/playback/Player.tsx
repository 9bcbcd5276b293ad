import { X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, type CSSProperties } from 'react';

import { needPurpose } from '@/app/PurposeDialog';
import type { Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { useKey } from '@/shared/keyboard';
import { useRight } from '@/shared/session/session';
import { formatSpan } from '@/shared/time/time';
import { ErrorState, IconButton, toast } from '@/shared/ui';

import type { Deck } from './deck';
import type { TimelineRow } from './drawTimeline';
import { ExportDialog } from './ExportDialog';
import styles from './Playback.module.css';
import type { Region } from './region';
import { RegionDraw } from './RegionDraw';
import { Screen } from './Screen';
import { SearchPanel } from './SearchPanel';
import { playbackTexts } from './texts';
import { Timeline } from './Timeline';
import { zoomView, type TimeView } from './timeScale';
import { Transport, type Marks } from './Transport';
import { useRecordings } from './useRecordings';

const firstViewMs = 30 * 60_000;
const noMarks: Marks = { from: null, to: null };
/** Exported around the moment when no part is chosen. */
const aroundMs = 30_000;

function columnsOf(count: number): number {
  return Math.ceil(Math.sqrt(count));
}

function eventAfter(rows: readonly TimelineRow[], moment: number, direction: 1 | -1): number | null {
  const starts = rows
    .flatMap((row) => row.recordings.flatMap((each) => each.events))
    .map((event) => Date.parse(event.from))
    .filter((start) => (direction === 1 ? start > moment + 500 : start < moment - 2_000));
  if (starts.length === 0) return null;
  return direction === 1 ? Math.min(...starts) : Math.max(...starts);
}

export function Player({ deck, cameras }: { deck: Deck; cameras: readonly string[] }) {
  const t = playbackTexts.useText();
  const mayExport = useRight('export');
  const maySearch = useRight('search');
  const [view, setView] = useState<TimeView>(() => {
    const middle = deck.clock.now();
    return { from: middle - firstViewMs * 0.7, to: middle + firstViewMs * 0.3 };
  });
  const [picked, setPicked] = useState('');
  const chosen = cameras.includes(picked) ? picked : (cameras[0] ?? '');
  const [marks, setMarks] = useState<Marks>(noMarks);
  const [hasBoxes, setBoxes] = useState(true);
  const [large, setLarge] = useState<string | null>(null);
  const [isExporting, setExporting] = useState(false);
  const [isSearching, setSearching] = useState(false);
  const [region, setRegion] = useState<Region>([]);
  const [moments, setMoments] = useState<readonly Schemas['Moment'][]>([]);
  const [picture, setPicture] = useState({ width: 16, height: 9 });
  const key = cameras.join('\n');
  const list = useMemo(() => key.split('\n'), [key]);
  const { rows, error } = useRecordings(deck, list, view);

  useEffect(() => {
    deck.onSkip = (from, to) => toast(playbackTexts.t('skipped', { span: formatSpan(Math.abs(to - from)) }));
    deck.clock.play(1);
  }, [deck]);
  useEffect(() => {
    setRegion([]);
    setMoments([]);
  }, [chosen]);

  const goToEvent = (direction: 1 | -1): void => {
    const start = eventAfter(rows, deck.clock.now(), direction);
    if (start === null) toast(t('noEvent'));
    else deck.clock.seek(start - 1_000);
  };
  const openExport = useCallback(async () => {
    if (await needPurpose()) setExporting(true);
  }, []);
  const enlarge = (camera: string | null): void => setLarge((before) => (before === camera ? null : camera));
  const zoom = (factor: number) => () => setView((before) => zoomView(before, factor, deck.clock.now()));
  useKey('playback', '+', zoom(0.5), t('timeline'), { hidden: true });
  useKey('playback', '=', zoom(0.5), t('timeline'), { hidden: true });
  useKey('playback', '-', zoom(2), t('timeline'), { hidden: true });
  useKey('playback', 'Enter', () => enlarge(chosen), t('enlarge'));

  const shown = large !== null && cameras.includes(large) ? [large] : cameras;
  const moment = deck.clock.now();
  return (
    <div className={styles.player}>
      <div className={styles.upper}>
        <div className={styles.screens} style={{ '--columns': columnsOf(shown.length) } as CSSProperties}>
          {cameras.map((camera) => (
            <div key={camera} className={styles.cell} hidden={!shown.includes(camera)}>
              <Screen
                deck={deck}
                camera={camera}
                isChosen={camera === chosen && cameras.length > 1}
                hasBoxes={hasBoxes}
                onChoose={() => setPicked(camera)}
                onEnlarge={() => enlarge(camera)}
                onPicture={camera === chosen ? setPicture : undefined}
              >
                {isSearching && camera === chosen && (
                  <RegionDraw region={region} picture={picture} onRegion={setRegion} />
                )}
              </Screen>
            </div>
          ))}
        </div>
        {isSearching && (
          <Side onClose={() => setSearching(false)}>
            <SearchPanel
              key={chosen}
              camera={chosen}
              region={region}
              span={{ from: marks.from ?? view.from, to: Math.min(marks.to ?? view.to, Date.now()) }}
              onMoments={setMoments}
              onOpen={(at) => deck.clock.seek(at)}
              onClearRegion={() => setRegion([])}
            />
          </Side>
        )}
      </div>
      <Transport
        deck={deck}
        marks={marks}
        onMarks={setMarks}
        hasBoxes={hasBoxes}
        onBoxes={() => setBoxes(!hasBoxes)}
        onSearch={maySearch ? () => setSearching(!isSearching) : null}
        onExport={mayExport ? () => void openExport() : null}
        onEvent={goToEvent}
      />
      {error !== null && <ErrorState title={t('recordingsFailed')} error={error} />}
      <Timeline
        deck={deck}
        view={view}
        onView={setView}
        rows={rows}
        range={marks}
        moments={moments}
        momentCamera={chosen}
      />
      {isExporting && (
        <ExportDialog
          cameras={cameras}
          chosen={chosen}
          from={marks.from ?? moment - aroundMs}
          to={marks.to ?? Math.min(moment + aroundMs, Date.now())}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}

function Side({ onClose, children }: { onClose: () => void; children: React.ReactNode }) {
  const t = playbackTexts.useText();
  const words = common.useText();
  return (
    <aside className={styles.side} aria-label={t('searchTitle')}>
      <header>
        <h2>{t('searchTitle')}</h2>
        <IconButton label={words('action.close')} keyName="F" icon={<X />} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}
