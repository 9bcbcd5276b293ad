import { useInfiniteQuery } from '@tanstack/react-query';
import { HeartPulse } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';

import { answer, api, type CameraState as State } from '@/shared/api';
import { CameraState } from '@/features/cameras/CameraState';
import { SubNav } from '@/features/cameras/SubNav';
import { common } from '@/shared/i18n';
import { formatSpan, now, useNow } from '@/shared/time/time';
import { classes, Empty, ErrorState, Input, Loading, Page, Table, type Column } from '@/shared/ui';

import styles from './Health.module.css';
import { clockWords, healthWords, rateWords, type CameraHealth, type StreamHealth } from './HealthWords';
import { healthTexts } from './texts';

const states = ['lost', 'degraded', 'ok', 'off'] as const;
const refreshMs = 5000;
const pageRows = 500;

function useHealth(state: State | null, q: string) {
  const query = { state: state ?? undefined, q: q.trim() === '' ? undefined : q.trim() };
  const pages = useInfiniteQuery({
    queryKey: ['health', query],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/health', {
          params: { query: { ...query, limit: pageRows, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.next === '' ? undefined : page.next),
    refetchInterval: refreshMs,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.cameras) ?? [], [pages.data]);
  return { pages, rows, counts: pages.data?.pages[0] };
}

function Since({ since }: { since: string }) {
  useNow();
  return <>{formatSpan(now() - Date.parse(since))}</>;
}

/** A figure of the main stream, which is the one that is recorded. */
function ofMain(row: CameraHealth, words: (stream: StreamHealth) => string): string {
  const main = row.streams.find((stream) => stream.role === 'main') ?? row.streams[0];
  return main ? words(main) : '–';
}

function sum(row: CameraHealth, number: (stream: StreamHealth) => number): number {
  return row.streams.reduce((total, stream) => total + number(stream), 0);
}

function useColumns(): Column<CameraHealth>[] {
  const t = healthTexts.useText();
  common.useText();
  const figure = (
    id: string,
    title: string,
    render: (row: CameraHealth) => string,
  ): Column<CameraHealth> => ({
    id,
    title,
    width: '6.25rem',
    isNumber: true,
    isSecondary: true,
    render,
  });
  return [
    { id: 'state', title: t('state'), width: '6.5rem', render: (row) => <CameraState state={row.state} /> },
    {
      id: 'camera',
      title: t('camera'),
      width: 'minmax(9rem, 1.6fr)',
      render: (row) => <span className={styles.strong}>{row.name}</span>,
    },
    {
      id: 'since',
      title: t('since'),
      width: '6.5rem',
      isNumber: true,
      isSecondary: true,
      render: (row) => <Since since={row.since} />,
    },
    {
      id: 'words',
      title: t('words'),
      width: 'minmax(10rem, 2.5fr)',
      render: (row) => <span title={healthWords(row)}>{healthWords(row)}</span>,
    },
    figure('bitrate', t('bitrate'), (row) => ofMain(row, (stream) => rateWords(stream.kbit_s))),
    figure('fps', t('fps'), (row) => ofMain(row, (stream) => t('perSecond', { n: stream.fps }))),
    figure('gop', t('gop'), (row) => ofMain(row, (stream) => t('seconds', { n: stream.gop_s }))),
    figure('clock', t('clock'), (row) => ofMain(row, (stream) => clockWords(stream.clock_offset_s))),
    figure('loss', t('loss'), (row) => t('packets', { n: sum(row, (stream) => stream.lost_packets) })),
    figure('reconnects', t('reconnects'), (row) =>
      t('times', { n: sum(row, (stream) => stream.reconnects) }),
    ),
    figure('unwatched', t('unwatched'), (row) => formatSpan(row.longest_unwatched_s * 1000)),
  ];
}

/** How every camera is: first the counts, then those in trouble with the reason in words. */
export default function FleetHealth() {
  const t = healthTexts.useText();
  const words = common.useText();
  const navigate = useNavigate();
  const [state, setState] = useState<State | null>(null);
  const [q, setQ] = useState('');
  const { pages, rows, counts } = useHealth(state, q);
  const columns = useColumns();
  const total = counts ? counts.ok + counts.degraded + counts.lost + counts.off : 0;
  const share = total > 0 && counts ? Math.floor(((counts.ok + counts.degraded) / total) * 1000) / 10 : 0;
  const sorted = useMemo(
    () => [...rows].sort((one, other) => states.indexOf(one.state) - states.indexOf(other.state)),
    [rows],
  );
  return (
    <Page
      title={t('title')}
      head={<SubNav />}
      isPadded={false}
      tools={
        <div className={styles.find}>
          <Input
            label={t('find')}
            isLabelHidden
            type="search"
            placeholder={t('find')}
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
        </div>
      }
    >
      <div className={styles.page}>
        {counts && (
          <div className={styles.summary}>
            <button
              type="button"
              className={styles.count}
              aria-pressed={state === null}
              onClick={() => setState(null)}
            >
              <span className={styles.number}>{total}</span>
              <span className={styles.quiet}>
                {t('all')} · {t('playing', { share })}
              </span>
            </button>
            {states.map((each) => (
              <button
                key={each}
                type="button"
                className={classes(styles.count, each === 'lost' && counts.lost > 0 && styles.loud)}
                aria-pressed={state === each}
                onClick={() => setState(each)}
              >
                <span className={styles.number}>{counts[each]}</span>
                <span className={styles.quiet}>{words(`cameraState.${each}`)}</span>
              </button>
            ))}
          </div>
        )}
        {pages.isPending && <Loading rows={10} />}
        {pages.isError && rows.length === 0 && (
          <ErrorState title={t('failed')} error={pages.error} onRetry={() => void pages.refetch()} />
        )}
        {pages.isSuccess && rows.length === 0 && (
          <Empty icon={<HeartPulse />} title={t('none')} text={t('noneText')} />
        )}
        {rows.length > 0 && (
          <div className={styles.table}>
            <Table
              label={t('title')}
              columns={columns}
              rows={sorted}
              rowKey={(row) => row.camera}
              onOpen={(row) => navigate(`/cameras/${encodeURIComponent(row.camera)}`)}
              onEnd={() => {
                if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
              }}
            />
          </div>
        )}
      </div>
    </Page>
  );
}
