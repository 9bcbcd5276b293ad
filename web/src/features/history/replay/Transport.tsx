import { ChevronFirst, ChevronLast, Pause, Play, StepBack, StepForward } from 'lucide-react';

import { toGravity, type IncidentReplay } from '@/shared/api';
import { useKey } from '@/shared/keyboard';
import { formatTime } from '@/shared/time/time';
import { classes, IconButton } from '@/shared/ui';

import styles from './Replay.module.css';
import { nextNotable, type Story } from './story';
import { replayTexts } from './texts';
import type { Place } from './usePlace';

interface TransportProps {
  replay: IncidentReplay;
  story: Story;
  place: Place;
  canPlay: boolean;
}

function useTransportKeys({ story, place }: Pick<TransportProps, 'story' | 'place'>): void {
  const t = replayTexts.useText();
  const jump = (direction: 1 | -1) => () => place.go(nextNotable(story.notable, place.index, direction));
  useKey('replay', 'ArrowLeft', () => place.step(-1), t('back'));
  useKey('replay', 'ArrowRight', () => place.step(1), t('on'));
  useKey('replay', 'Shift+ArrowLeft', () => place.step(-10), t('tenBack'));
  useKey('replay', 'Shift+ArrowRight', () => place.step(10), t('tenOn'));
  useKey('replay', 'Home', () => place.go(0), t('first'));
  useKey('replay', 'End', () => place.go(story.times.length - 1), t('last'));
  useKey('replay', 'P', jump(-1), t('earlier'));
  useKey('replay', 'N', jump(1), t('later'));
  useKey('replay', 'Space', place.toggle, t('playPause'));
}

/** Everything that moves through the scenes, and where among them something was said. */
export function Transport({ replay, story, place, canPlay }: TransportProps) {
  const t = replayTexts.useText();
  useTransportKeys({ story, place });
  const of = story.times.length;
  const { index, isPlaying } = place;
  const time = formatTime(story.times[index] ?? 0);
  const jump = (direction: 1 | -1) => () => place.go(nextNotable(story.notable, index, direction));
  return (
    <div className={styles.transport} role="toolbar" aria-label={t('transport')}>
      <IconButton label={t('earlier')} keyName="P" icon={<ChevronFirst />} onClick={jump(-1)} />
      <IconButton label={t('back')} keyName="ArrowLeft" icon={<StepBack />} onClick={() => place.step(-1)} />
      <IconButton
        look="plain"
        label={t('playPause')}
        keyName="Space"
        icon={isPlaying ? <Pause /> : <Play />}
        disabled={!canPlay}
        onClick={place.toggle}
      />
      <IconButton label={t('on')} keyName="ArrowRight" icon={<StepForward />} onClick={() => place.step(1)} />
      <IconButton label={t('later')} keyName="N" icon={<ChevronLast />} onClick={jump(1)} />
      <div className={styles.line}>
        <Marks replay={replay} of={of} />
        <input
          type="range"
          className={styles.range}
          min={0}
          max={of - 1}
          value={index}
          aria-label={t('scenes')}
          aria-valuetext={t('place', { n: index + 1, of, time })}
          onChange={(event) => place.go(Number(event.currentTarget.value))}
        />
      </div>
      <span className={styles.count}>{t('count', { n: index + 1, of })}</span>
    </div>
  );
}

/** Begins and ends of what the rules said, and what they suspected. */
function Marks({ replay, of }: { replay: IncidentReplay; of: number }) {
  const place = (index: number) => ({ left: `${(index / Math.max(1, of - 1)) * 100}%` });
  return (
    <div className={styles.marks} aria-hidden="true">
      {replay.steps.flatMap((step, index) => [
        ...(step.proposals.length > 0
          ? [<span key={`p${index}`} className={styles.suspected} style={place(index)} />]
          : []),
        ...step.said
          .filter(({ phase }) => phase !== 'update')
          .map((said) => (
            <span
              key={`${said.id}${said.phase}`}
              className={classes(styles.mark, styles[`g${toGravity(said.gravity)}`])}
              style={place(index)}
            />
          )),
      ])}
    </div>
  );
}
