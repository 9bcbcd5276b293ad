import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { answer, api, type Schemas } from '@/shared/api';
import { SubNav } from '@/features/cameras/SubNav';
import { formatSpan, now, useNow } from '@/shared/time/time';
import { ErrorState, Loading, Page } from '@/shared/ui';

import { bytesWords } from './bytes';
import styles from './System.module.css';
import { systemTexts } from './texts';

const refreshMs = 5000;

interface Recording {
  is_healthy: boolean;
  is_paused: boolean;
  reason: string;
  queued_bytes: number;
  lost_to_disk: number;
  lost_to_queue: number;
  index_pending: number;
}

interface Disk {
  path: string;
  capacity_bytes: number;
  free_bytes: number;
}

interface Analysis {
  cameras: number;
  longest_unwatched_s: number;
  streams: number;
  playing: number;
  cpu_used: number;
  cpu_budget: number;
  cpu_wanted: number;
  is_behind: boolean;
  /** Of what the cameras want, gravity 1 first. */
  share_by_gravity: readonly { cameras: number; least: number; mean: number }[];
}

type Text = ReturnType<typeof systemTexts.useText>;

/** Who gets how much, the gravest first; cameras that want nothing are left out. */
function shareFacts(analysis: Analysis, t: Text): readonly (readonly [string, ReactNode])[] {
  return analysis.share_by_gravity
    .map((share, index) => ({ ...share, gravity: index + 1 }))
    .filter((share) => analysis.is_behind && share.cameras > 0)
    .reverse()
    .map((share) => [
      t('gravity', { n: share.gravity }),
      t('looks', { n: share.cameras, percent: Math.round(share.mean * 100) }),
    ]);
}

/** The problem that the page can say in the reader's language; the others come as the node says them. */
function problemWords(problem: string, analysis: Analysis, t: Text): string {
  const percent = (share: number): number => Math.round(share * 100);
  return problem.startsWith('analysis is behind')
    ? t('behind', { wanted: percent(analysis.cpu_wanted), budget: percent(analysis.cpu_budget) })
    : problem;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Meter({ label, share, words }: { label: string; share: number; words: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div className={styles.meter}>
      <div
        className={styles.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      <p>{words}</p>
    </div>
  );
}

function State({ system }: { system: Schemas['SystemState'] }) {
  const t = systemTexts.useText();
  useNow();
  const recording = system.recording as Recording;
  const disk = system.disk as Disk;
  const analysis = system.analysis as Analysis;
  const database = system.database as { name: string };
  const live = system.live as { viewers: number };
  const percent = (share: number): number => Math.round(share * 100);
  const recordingState = recording.is_paused ? 'paused' : recording.is_healthy ? 'healthy' : 'unhealthy';
  return (
    <div className={styles.page}>
      <div className={system.problems.length > 0 ? styles.problems : styles.fine} role="status">
        {system.problems.length === 0 ? (
          <p>{t('fine')}</p>
        ) : (
          <>
            <p className={styles.strong}>{t('problems', { n: system.problems.length })}</p>
            <ul>
              {system.problems.map((problem) => (
                <li key={problem}>{problemWords(problem, analysis, t)}</li>
              ))}
            </ul>
          </>
        )}
        <p className={styles.up}>
          {t('since', { span: formatSpan(now() - Date.parse(system.started)) })} · {t('version')}{' '}
          {system.version}
        </p>
      </div>
      <div className={styles.grid}>
        <Section title={t('disk')}>
          <Meter
            label={t('disk')}
            share={1 - disk.free_bytes / Math.max(1, disk.capacity_bytes)}
            words={t('free', { free: bytesWords(disk.free_bytes), all: bytesWords(disk.capacity_bytes) })}
          />
          <Facts facts={[[t('path'), disk.path]]} />
        </Section>
        <Section title={t('analysis')}>
          <Meter
            label={t('budget')}
            share={analysis.cpu_used / Math.max(0.01, analysis.cpu_budget)}
            words={t('budgetUse', {
              used: percent(analysis.cpu_used),
              budget: percent(analysis.cpu_budget),
            })}
          />
          <Facts
            facts={[
              [t('cameras'), t('cameraCount', { n: analysis.cameras })],
              [t('streams'), t('streamsPlaying', { n: analysis.playing, all: analysis.streams })],
              [t('unwatched'), formatSpan(analysis.longest_unwatched_s * 1000)],
              ...shareFacts(analysis, t),
            ]}
          />
        </Section>
        <Section title={t('recording')}>
          <Facts
            facts={[
              [t('recording'), [t(recordingState), recording.reason].filter(Boolean).join(' · ')],
              [t('queued'), bytesWords(recording.queued_bytes)],
              [t('lostDisk'), t('count', { n: recording.lost_to_disk })],
              [t('lostQueue'), t('count', { n: recording.lost_to_queue })],
              [t('pending'), t('count', { n: recording.index_pending })],
            ]}
          />
        </Section>
        <Section title={t('database')}>
          <Facts facts={[[t('name'), database.name]]} />
        </Section>
        <Section title={t('live')}>
          <Facts facts={[[t('viewers'), t('count', { n: live.viewers })]]} />
        </Section>
      </div>
    </div>
  );
}

/** The node behind the cameras: recording, disk, analysis, database. */
export default function SystemPage() {
  const t = systemTexts.useText();
  const system = useQuery({
    queryKey: ['system'],
    queryFn: () => answer(api.GET('/api/v1/system')),
    refetchInterval: refreshMs,
  });
  return (
    <Page title={t('title')} head={<SubNav />}>
      {system.isPending && <Loading rows={6} />}
      {system.isError && !system.data && (
        <ErrorState title={t('failed')} error={system.error} onRetry={() => void system.refetch()} />
      )}
      {system.data && <State system={system.data} />}
    </Page>
  );
}
