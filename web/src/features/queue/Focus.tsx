import { Clapperboard, Maximize, Radio, Square, SquareDashed } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';

import { toGravity, type Incident } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { kindWords, stateWords } from '@/shared/incidents';
import { useKey } from '@/shared/keyboard';
import { ClipPlayer, LivePlayer, playerTexts, useClip } from '@/shared/player';
import { useRight } from '@/shared/session/session';
import { useNow } from '@/shared/time/time';
import { Badge, Button, Gravity, IconButton, Segmented } from '@/shared/ui';

import { ActionBar } from './ActionBar';
import { EscalationClock } from './EscalationClock';
import styles from './Focus.module.css';
import { NeighbourStrip } from './NeighbourStrip';
import { snapshotAddress } from './QueueItem';
import { queueTexts } from './texts';
import { Timeline } from './Timeline';
import type { IncidentActions } from './useIncidentActions';
import { whySentence } from './why';

interface FocusProps {
  incident: Incident;
  actions: IncidentActions;
  onAcknowledged: () => void;
  onOpen: (id: string) => void;
  /** The camera near by whose live picture is wanted instead. */
  neighbour: string | null;
  onNeighbour: (camera: string | null) => void;
}

type View = 'clip' | 'live';
const speeds = [0.25, 0.5, 1, 2, 4, 8] as const;

function Head({ incident, children }: { incident: Incident; children: React.ReactNode }) {
  const nowMs = useNow();
  const name = useCameraName(incident.camera);
  return (
    <header className={styles.head}>
      <Gravity value={incident.gravity} hasWord />
      <div className={styles.title}>
        <h1 className={styles.what}>
          {kindWords(incident.kind)} · {name}
        </h1>
        <p className={styles.why}>{whySentence(incident, nowMs)}</p>
      </div>
      {incident.state !== 'new' && <Badge>{stateWords(incident.state)}</Badge>}
      <EscalationClock incident={incident} />
      <div className={styles.tools}>{children}</div>
    </header>
  );
}

function useSpeed(): { speed: number; slower: () => void; faster: () => void } {
  const [index, setIndex] = useState(2);
  const move = (step: number): void => setIndex((at) => Math.min(speeds.length - 1, Math.max(0, at + step)));
  return { speed: speeds[index] ?? 1, slower: () => move(-1), faster: () => move(1) };
}

/** The incident in focus: clip or live, the minute around, the cameras near, and what to do. */
export function Focus(props: FocusProps) {
  const { incident, actions, onAcknowledged, onOpen, neighbour, onNeighbour } = props;
  const t = queueTexts.useText();
  const [view, setView] = useState<View>('clip');
  const [hasBoxes, setBoxes] = useState(true);
  const [isPlaying, setPlaying] = useState(true);
  const { speed, slower, faster } = useSpeed();
  const name = useCameraName(incident.camera);
  const neighbourName = useCameraName(neighbour ?? '');
  const picture = useRef<HTMLDivElement>(null);
  const mayPlayBack = useRight('play_back');
  const marked = useMemo(() => new Set(incident.events.flatMap((event) => event.tracks)), [incident.events]);
  const isClip = view === 'clip' && neighbour === null;
  const clip = useClip(incident, { mayPlayBack, isShown: isClip });

  const toggleLive = (): void => {
    onNeighbour(null);
    setView(isClip || neighbour !== null ? 'live' : 'clip');
  };
  const toggleFull = (): void => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void picture.current?.requestFullscreen();
  };
  const togglePlaying = (): void => {
    const video = clip.video.current;
    if (!video) return;
    setPlaying(video.paused);
    if (video.paused) void video.play();
    else video.pause();
  };
  useKey('control', 'L', toggleLive, t('actions.live'));
  useKey('control', 'Z', toggleFull, t('actions.full'));
  useKey('control', 'B', () => setBoxes(!hasBoxes), t('boxes'));
  useKey('control', 'Space', togglePlaying, t('actions.pause'), { when: isClip });
  useKey('control', '[', slower, t('actions.slower'), { when: isClip });
  useKey('control', ']', faster, t('actions.faster'), { when: isClip });
  useKey('control', 'R', () => clip.seekWall(Date.parse(incident.clip_from)), t('actions.loop'), {
    when: isClip,
  });

  return (
    <section className={styles.focus} aria-label={t('context')}>
      <Head incident={incident}>
        <IconButton
          label={t('boxes')}
          keyName="B"
          icon={hasBoxes ? <Square /> : <SquareDashed />}
          aria-pressed={hasBoxes}
          onClick={() => setBoxes(!hasBoxes)}
        />
        <Segmented<View>
          label={t('actions.live')}
          value={isClip ? 'clip' : 'live'}
          choices={[
            { value: 'clip', label: <ViewLabel view="clip" /> },
            { value: 'live', label: <ViewLabel view="live" /> },
          ]}
          onChange={(next) => {
            onNeighbour(null);
            setView(next);
          }}
        />
        <IconButton label={t('actions.full')} keyName="Z" icon={<Maximize />} onClick={toggleFull} />
      </Head>
      <div ref={picture} className={styles.picture}>
        {isClip ? (
          <ClipPlayer
            incident={incident}
            name={name}
            hasBoxes={hasBoxes}
            marked={marked}
            gravity={toGravity(incident.gravity)}
            speed={speed}
            snapshot={incident.snapshot === '' ? null : snapshotAddress(incident.id, false)}
            clip={clip}
          />
        ) : (
          <LivePlayer
            key={neighbour ?? incident.camera}
            camera={neighbour ?? incident.camera}
            name={neighbour === null ? name : neighbourName}
            role="main"
            hasBoxes={hasBoxes}
            marked={marked}
            gravity={toGravity(incident.gravity)}
          />
        )}
      </div>
      <Timeline
        incident={incident}
        clip={clip}
        isClip={isClip}
        isPlaying={isPlaying}
        onToggle={togglePlaying}
        speed={speed}
      />
      <NeighbourStrip incident={incident.id} shown={neighbour} onShow={onNeighbour} />
      {incident.merged_into === '' ? (
        <ActionBar incident={incident} actions={actions} onAcknowledged={onAcknowledged} />
      ) : (
        <div className={styles.notice}>
          {t('mergedInto')}
          <Button onClick={() => onOpen(incident.merged_into)}>{t('openMerged')}</Button>
        </div>
      )}
    </section>
  );
}

function ViewLabel({ view }: { view: View }) {
  const t = playerTexts.useText();
  return (
    <>
      {view === 'clip' ? <Clapperboard aria-hidden="true" /> : <Radio aria-hidden="true" />}
      {t(view)}
    </>
  );
}
