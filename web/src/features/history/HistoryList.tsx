import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { History as HistoryIcon } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';

import { answer, api, type IncidentSummary } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { kindWords, stateWords } from '@/shared/incidents';
import { useNarrow } from '@/shared/design/narrow';
import { useKey } from '@/shared/keyboard';
import { formatDateTime, formatDay, formatHour, formatSpan } from '@/shared/time/time';
import {
  Button,
  Empty,
  ErrorState,
  Gravity,
  ListAndDetail,
  ListBody,
  Loading,
  Page,
  Table,
  type Column,
} from '@/shared/ui';

import { FilterBar } from './FilterBar';
import { readFilters, toQuery, writeFilters, type Filters } from './filters';
import styles from './History.module.css';
import { Preview } from './Preview';
import { historyTexts } from './texts';

const pageRows = 100;

/** Many enough for a district; who needs more narrows the name. */
const mostCameras = 200;

/** Ids of the cameras whose name or id has this text; null without a text, undefined until they are known. */
function useCamerasNamed(text: string): string[] | null | undefined {
  const wanted = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['cameras', 'named', wanted],
    queryFn: () =>
      answer(api.GET('/api/v1/cameras', { params: { query: { q: wanted, limit: mostCameras } } })),
    enabled: wanted !== '',
    staleTime: 60_000,
  });
  if (wanted === '') return null;
  // A camera that was taken away still has its incidents, under its id.
  return found.data && (found.data.cameras.length > 0 ? found.data.cameras.map(({ id }) => id) : [wanted]);
}

function useHistory(filters: Filters) {
  const cameras = useCamerasNamed(filters.camera);
  const query = toQuery(filters, cameras ?? null);
  return useInfiniteQuery({
    queryKey: ['history', query],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/incidents', {
          params: { query: { ...query, limit: pageRows, cursor: pageParam === '' ? undefined : pageParam } },
        }),
      ),
    enabled: cameras !== undefined,
    initialPageParam: '',
    getNextPageParam: (page) => (page.next === '' ? undefined : page.next),
  });
}

function CameraName({ id }: { id: string }) {
  return <>{useCameraName(id)}</>;
}

function useColumns(): Column<IncidentSummary>[] {
  const t = historyTexts.useText();
  const isNarrow = useNarrow();
  return [
    {
      id: 'opened',
      title: t('opened'),
      width: isNarrow ? '6.5rem' : '11rem',
      render: ({ opened }) =>
        isNarrow ? `${formatDay(opened)} ${formatHour(opened)}` : formatDateTime(opened),
    },
    {
      id: 'gravity',
      title: t('gravity'),
      isSecondary: true,
      width: '8.5rem',
      render: (row) => <Gravity value={row.gravity} hasWord />,
    },
    {
      id: 'kind',
      title: t('kind'),
      width: isNarrow ? 'minmax(5rem, 1fr)' : 'minmax(8rem, 1fr)',
      render: (row) => kindWords(row.kind),
    },
    {
      id: 'camera',
      title: t('camera'),
      width: isNarrow ? 'minmax(5rem, 2fr)' : 'minmax(9rem, 2fr)',
      render: (row) => <CameraName id={row.camera} />,
    },
    {
      id: 'state',
      title: t('state'),
      width: '6.5rem',
      isSecondary: true,
      render: (row) => stateWords(row.state),
    },
    {
      id: 'verdict',
      title: t('verdict'),
      width: '6rem',
      isSecondary: true,
      render: (row) => (row.verdict === 'confirmed' || row.verdict === 'false_alarm' ? t(row.verdict) : ''),
    },
    {
      id: 'assignee',
      title: t('assignee'),
      width: 'minmax(4.5rem, 1fr)',
      isSecondary: true,
      render: (row) => row.assignee,
    },
    {
      id: 'lasted',
      title: t('lasted'),
      width: '6rem',
      isNumber: true,
      isSecondary: true,
      render: (row) =>
        row.ended === null ? t('goesOn') : formatSpan(Date.parse(row.ended) - Date.parse(row.started)),
    },
  ];
}

/** All incidents, open and settled, narrowed by conditions that stand in the address. */
export function HistoryList() {
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
      <ListBody>
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
          <ListAndDetail
            detail={row ? <Preview incident={row} /> : null}
            pick={t('pick')}
            onBack={() => setChosen(null)}
          >
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
          </ListAndDetail>
        )}
      </ListBody>
    </Page>
  );
}
