import { useInfiniteQuery } from '@tanstack/react-query';
import { History as HistoryIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';

import { answer, api, type IncidentSummary } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { kindWords, stateWords } from '@/shared/incidents';
import { useKey } from '@/shared/keyboard';
import { formatDateTime, formatSpan } from '@/shared/time/time';
import { Button, Empty, ErrorState, Gravity, Loading, Page, Table, type Column } from '@/shared/ui';

import { FilterBar } from './FilterBar';
import { readFilters, toQuery, writeFilters, type Filters } from './filters';
import styles from './History.module.css';
import { Preview } from './Preview';
import { historyTexts } from './texts';

const pageRows = 100;

function useHistory(filters: Filters) {
  const query = toQuery(filters);
  return useInfiniteQuery({
    queryKey: ['history', query],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/incidents', {
          params: { query: { ...query, limit: pageRows, cursor: pageParam === '' ? undefined : pageParam } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.next === '' ? undefined : page.next),
  });
}

function CameraName({ id }: { id: string }) {
  return <>{useCameraName(id)}</>;
}

function useColumns(): Column<IncidentSummary>[] {
  const t = historyTexts.useText();
  return [
    {
      id: 'opened',
      title: t('opened'),
      width: '11rem',
      render: (row) => formatDateTime(Date.parse(row.opened)),
    },
    {
      id: 'gravity',
      title: t('gravity'),
      width: '7.5rem',
      render: (row) => <Gravity value={row.gravity} hasWord />,
    },
    { id: 'kind', title: t('kind'), width: 'minmax(6rem, 1fr)', render: (row) => kindWords(row.kind) },
    {
      id: 'camera',
      title: t('camera'),
      width: 'minmax(9rem, 2fr)',
      render: (row) => <CameraName id={row.camera} />,
    },
    { id: 'state', title: t('state'), width: '6.5rem', render: (row) => stateWords(row.state) },
    {
      id: 'verdict',
      title: t('verdict'),
      width: '6rem',
      render: (row) => (row.verdict === 'confirmed' || row.verdict === 'false_alarm' ? t(row.verdict) : ''),
    },
    { id: 'assignee', title: t('assignee'), width: 'minmax(5rem, 1fr)', render: (row) => row.assignee },
    {
      id: 'lasted',
      title: t('lasted'),
      width: '6rem',
      isNumber: true,
      render: (row) =>
        row.ended === null ? t('goesOn') : formatSpan(Date.parse(row.ended) - Date.parse(row.started)),
    },
  ];
}

/** All incidents, open and settled, narrowed by conditions that stand in the address. */
export default function HistoryPage() {
  const t = historyTexts.useText();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search);
  const history = useHistory(filters);
  const rows = useMemo(() => history.data?.pages.flatMap((page) => page.incidents) ?? [], [history.data]);
  const [chosen, setChosen] = useState<string | null>(null);
  const at = rows.findIndex((row) => row.id === chosen);
  const row = rows[at];
  const columns = useColumns();
  const step = (by: number): void => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next) setChosen(next.id);
  };
  useKey('history', 'J', () => step(1), t('next'));
  useKey('history', 'K', () => step(-1), t('previous'));
  const clear = (): void => setSearch({}, { replace: true });
  const count = t(history.hasNextPage ? 'more' : 'count', { n: rows.length });
  return (
    <Page title={t('title')} isPadded={false} tools={<span className={styles.quiet}>{count}</span>}>
      <div className={styles.page}>
        <FilterBar
          filters={filters}
          isNarrowed={search.size > 0}
          onChange={(next) => setSearch(writeFilters(next), { replace: true })}
          onClear={clear}
        />
        {history.isPending && <Loading rows={8} />}
        {history.isError && rows.length === 0 && (
          <ErrorState title={t('failed')} error={history.error} onRetry={() => void history.refetch()} />
        )}
        {history.isSuccess && rows.length === 0 && (
          <Empty icon={<HistoryIcon />} title={t('emptyTitle')} text={t('emptyText')}>
            <Button onClick={clear}>{t('clear')}</Button>
          </Empty>
        )}
        {rows.length > 0 && (
          <div className={styles.split}>
            <Table
              label={t('title')}
              columns={columns}
              rows={rows}
              rowKey={(incident) => incident.id}
              selected={chosen}
              onOpen={(incident) =>
                incident.id === chosen
                  ? navigate(`/control?incident=${encodeURIComponent(incident.id)}`)
                  : setChosen(incident.id)
              }
              onEnd={() => {
                if (history.hasNextPage && !history.isFetchingNextPage) void history.fetchNextPage();
              }}
            />
            {row ? <Preview incident={row} /> : <p className={styles.pick}>{t('pick')}</p>}
          </div>
        )}
      </div>
    </Page>
  );
}
