import { useQuery } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

import { answer, api, toGravity, type Incident } from '@/shared/api';
import { kindWords } from '@/shared/incidents';
import { aroundMs, type Clip } from '@/shared/player';
import { useRight } from '@/shared/session/session';
import { formatTime } from '@/shared/time/time';
import { classes, IconButton } from '@/shared/ui';

import { queueTexts } from './texts';
import styles from './Timeline.module.css';

interface TimelineProps {
  incident: Incident;
  clip: Clip;
  isClip: boolean;
  isPlaying: boolean;
  onToggle: () => void;
  speed: number;
}

const stepMs = 1000;

/** One minute before the incident to one minute after: what is stored, the clip, events, and where it plays. */
export function Timeline({ incident, clip, isClip, isPlaying, onToggle, speed }: TimelineProps) {
  const t = queueTexts.useText();
  const from = Date.parse(incident.started) - aroundMs;
  const to = Math.max(Date.parse(incident.clip_to), Date.parse(incident.started) + aroundMs);
  const recordings = useRecordings(incident, from, to);
  const place = (moment: number): number => Math.min(100, Math.max(0, ((moment - from) / (to - from)) * 100));
  const span = (start: number, end: number) => ({
    left: `${place(start)}%`,
    width: `${place(end) - place(start)}%`,
  });

  const seekAt = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    clip.seekWall(from + ((event.clientX - box.left) / box.width) * (to - from));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -stepMs, ArrowRight: stepMs }[event.key];
    const current = clip.wallNow();
    if (step === undefined || current === null) return;
    event.preventDefault();
    clip.seekWall(current + step);
  };

  return (
    <div className={styles.timeline}>
      <IconButton
        label={t('actions.pause')}
        keyName="Space"
        icon={isPlaying ? <Pause /> : <Play />}
        onClick={onToggle}
        disabled={!isClip}
      />
      <div
        className={styles.track}
        role="slider"
        tabIndex={0}
        aria-label={t('timeline')}
        aria-valuemin={0}
        aria-valuemax={Math.round((to - from) / 1000)}
        aria-valuenow={Math.round(((clip.wallNow() ?? from) - from) / 1000)}
        aria-valuetext={formatTime(clip.wallNow() ?? from)}
        onPointerDown={seekAt}
        onPointerMove={(event) => event.buttons === 1 && seekAt(event)}
        onKeyDown={onKeyDown}
      >
        <div className={styles.rail} />
        {recordings.data?.spans.map((each) => (
          <div
            key={each.from}
            className={styles.recorded}
            style={span(Date.parse(each.from), Date.parse(each.to))}
          />
        ))}
        <div
          className={styles.clip}
          title={t('clipRange')}
          style={span(Date.parse(incident.clip_from), Date.parse(incident.clip_to))}
        />
        {incident.events.map((event) => {
          const end = event.phase === 'end' ? Date.parse(event.time) : to;
          return (
            <div
              key={event.id}
              title={`${kindWords(event.kind)} ${formatTime(event.started)}`}
              className={classes(styles.event, styles[`g${toGravity(event.gravity)}`])}
              style={span(Date.parse(event.started), Math.min(end, Date.parse(incident.clip_to)))}
            />
          );
        })}
        <Ticks from={from} to={to} place={place} />
        {isClip && <PlayHead clip={clip} place={place} />}
      </div>
      <span className={styles.speed}>{t('speed', { n: speed })}</span>
    </div>
  );
}

function useRecordings(incident: Incident, from: number, to: number) {
  const mayPlay = useRight('play_back');
  return useQuery({
    queryKey: ['recordings', incident.camera, from, to],
    queryFn: () =>
      answer(
        api.GET('/api/v1/cameras/{camera}/recordings', {
          params: {
            path: { camera: incident.camera },
            query: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
            header: { 'Bongsu-Purpose': `incident:${incident.id}` },
          },
        }),
      ),
    enabled: mayPlay,
    retry: false,
  });
}

function Ticks({ from, to, place }: { from: number; to: number; place: (moment: number) => number }) {
  const step = to - from > 240_000 ? 60_000 : 30_000;
  const first = Math.ceil((from + step * 0.3) / step) * step;
  const count = Math.max(0, Math.floor((to - step * 0.3 - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step).map((moment) => (
    <span key={moment} className={styles.tick} style={{ left: `${place(moment)}%` }}>
      {formatTime(moment)}
    </span>
  ));
}

function PlayHead({ clip, place }: { clip: Clip; place: (moment: number) => number }) {
  const element = useRef<HTMLDivElement>(null);
  const [hasPicture, setHasPicture] = useState(false);
  useEffect(() => {
    let handle = 0;
    const move = (): void => {
      const wall = clip.wallNow();
      setHasPicture(wall !== null);
      if (wall !== null && element.current) element.current.style.left = `${place(wall)}%`;
      handle = requestAnimationFrame(move);
    };
    move();
    return () => cancelAnimationFrame(handle);
  }, [clip, place]);
  return <div ref={element} className={styles.head} hidden={!hasPicture} />;
}
