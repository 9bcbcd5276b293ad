import type { ReactNode } from 'react';

import type { Incident, IncidentReplay, ReplaySaid, ReplayStep } from '@/shared/api';
import { zoneName } from '@/shared/cameras/names';
import { kindWords, remarks } from '@/shared/incidents';
import { formatSpan, formatTime } from '@/shared/time/time';
import { Badge, Gravity } from '@/shared/ui';

import styles from './Replay.module.css';
import { objectWords } from './ReplayPicture';
import type { Told } from './story';
import { replayTexts } from './texts';

interface SeenPanelProps {
  incident: Incident;
  replay: IncidentReplay;
  step: ReplayStep;
  told: Told;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Figures({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className={styles.figures}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The "key=value" words of a rule, under their own names: they are what an engineer looks for in the source. */
const numbersOf = (detail: string) => [...remarks(detail)];

function Said({ said, camera, nowMs }: { said: ReplaySaid; camera: string; nowMs: number }) {
  const t = replayTexts.useText();
  const rows: (readonly [string, string])[] = [
    [t('rule'), said.rule],
    ...(said.zone === '' ? [] : [[t('zone'), zoneName(camera, said.zone)] as const]),
    [t('confidence'), percent(said.confidence)],
    [t('lasts'), formatSpan(nowMs - Date.parse(said.started))],
    ...(said.tracks.length === 0 ? [] : [[t('objects'), said.tracks.join(', ')] as const]),
    ...numbersOf(said.detail),
  ];
  return (
    <article className={styles.said}>
      <h3>
        {kindWords(said.kind)} <Gravity value={said.gravity} /> <Badge>{t(said.phase)}</Badge>
      </h3>
      <Figures rows={rows} />
    </article>
  );
}

function Suspicions({ step, told }: { step: ReplayStep; told: Told }) {
  const t = replayTexts.useText();
  if (told.proposed.size === 0) return <p className={styles.quiet}>{t('proposedNothing')}</p>;
  const now = new Map(step.proposals.map(({ kind, count }) => [kind, count]));
  return (
    <ul className={styles.suspicions}>
      {[...told.proposed].map(([kind, sum]) => (
        <li key={kind}>
          {now.has(kind)
            ? t('proposedNow', { kind: kindWords(kind), n: now.get(kind) ?? 0 })
            : t('proposedSoFar', { kind: kindWords(kind), n: sum })}
        </li>
      ))}
    </ul>
  );
}

function Tracks({ step }: { step: ReplayStep }) {
  const t = replayTexts.useText();
  if (step.tracks.length === 0) return <p className={styles.quiet}>{t('tracksNone')}</p>;
  return (
    <table className={styles.tracks}>
      <thead>
        <tr>
          <th scope="col">{t('object')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('score')}</th>
          <th scope="col">{t('age')}</th>
        </tr>
      </thead>
      <tbody>
        {step.tracks.map((track) => (
          <tr key={track.id}>
            <th scope="row">
              {track.id} {objectWords(track.class)}
            </th>
            <td>{[t(track.state), track.is_stationary && t('stands')].filter(Boolean).join(', ')}</td>
            <td>{track.score.toFixed(2)}</td>
            <td>{formatSpan(track.age * 1000)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function View({ step }: { step: ReplayStep }) {
  const t = replayTexts.useText();
  const quality = step.quality;
  if (quality === null) return null;
  const names = ['mean_luma', 'contrast', 'sharpness', 'background_similarity', 'change'] as const;
  return (
    <Part title={t('view')}>
      <Figures rows={names.map((name) => [t(name), quality[name].toFixed(2)] as const)} />
    </Part>
  );
}

/** What the rules saw and said in one scene, and what was raised at the time. */
export function SeenPanel({ incident, replay, step, told }: SeenPanelProps) {
  const t = replayTexts.useText();
  const nowMs = Date.parse(step.time);
  const offset = (nowMs - Date.parse(incident.started)) / 1000;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by key
    <div className={styles.panel} role="region" aria-label={t('said')} tabIndex={0}>
      <p className={styles.moment}>
        {formatTime(nowMs)}
        <span>{t('offset', { s: `${offset < 0 ? '−' : '+'}${Math.abs(offset).toFixed(1)}` })}</span>
      </p>
      <p className={styles.quiet}>
        {[
          t('level', { level: step.level }),
          t(step.has_detections ? 'detected' : 'predicted'),
          step.has_signal ? '' : t('noSignal'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Part title={t('said')}>
        {told.open.length === 0 && <p className={styles.quiet}>{t('saidNothing')}</p>}
        {told.open.map((said) => (
          <Said key={said.id} said={said} camera={replay.camera} nowMs={nowMs} />
        ))}
      </Part>
      <Part title={t('proposed')}>
        <Suspicions step={step} told={told} />
      </Part>
      <Part title={t('tracks')}>
        <Tracks step={step} />
      </Part>
      <View step={step} />
      <Part title={t('raised')}>
        {incident.events.map((event) => (
          <article key={event.id} className={styles.said}>
            <h3>
              {kindWords(event.kind)} <Gravity value={event.gravity} />
            </h3>
            <Figures
              rows={[
                [t('rule'), event.rule],
                [t('confidence'), percent(event.confidence)],
                ...numbersOf(event.detail),
              ]}
            />
          </article>
        ))}
        <p className={styles.quiet}>{t('note')}</p>
      </Part>
    </div>
  );
}
