import { useInfiniteQuery } from '@tanstack/react-query';
import { FileClock, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

import { answer, api, type Schemas } from '@/shared/api';
import { useKey } from '@/shared/keyboard';
import { formatDateTime } from '@/shared/time/time';
import {
  Badge,
  Button,
  Empty,
  ErrorState,
  Filters as FilterRow,
  Input,
  ListAndDetail,
  ListBody,
  Loading,
  Page,
  Select,
  Table,
  type Column,
} from '@/shared/ui';

import styles from './Audit.module.css';
import { any, outcomes, readFilters, toQuery, writeFilters, type Filters } from './filters';
import { auditTexts } from './texts';
import { Verify } from './Verify';

type AuditRow = Schemas['AuditRecord'];
const pageRows = 200;

function useAudit(filters: Filters) {
  const query = toQuery(filters);
  return useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/audit', {
          params: { query: { ...query, limit: pageRows, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.next === '' ? undefined : page.next),
    placeholderData: (before) => before,
    // Each look at the log is itself a record: it is not asked again by itself.
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
}

function actionWords(action: string): string {
  const key = `actions.${action}`;
  return auditTexts.has(key) ? auditTexts.t(key) : action;
}

function purposeWords(purpose: string): string {
  const [kind = '', rest = ''] = purpose.split(/:(.*)/s);
  const key = `purposes.${kind}`;
  return auditTexts.has(key) ? [auditTexts.t(key), rest].filter(Boolean).join(' ') : purpose;
}

function Outcome({ outcome }: { outcome: AuditRow['outcome'] }) {
  const t = auditTexts.useText();
  const words = t(`outcomes.${outcome}`);
  return outcome === 'allowed' ? <>{words}</> : <Badge isStrong={outcome === 'denied'}>{words}</Badge>;
}

function useColumns(): Column<AuditRow>[] {
  const t = auditTexts.useText();
  return [
    { id: 'time', title: t('time'), width: '11.5rem', render: (row) => formatDateTime(row.time) },
    { id: 'who', title: t('who'), width: 'minmax(5rem, 1fr)', render: (row) => row.who },
    {
      id: 'action',
      title: t('action'),
      width: 'minmax(10rem, 1.2fr)',
      render: (row) => <strong>{actionWords(row.action)}</strong>,
    },
    {
      id: 'object',
      title: t('object'),
      width: 'minmax(7.5rem, 1.6fr)',
      isSecondary: true,
      render: (row) => row.object,
    },
    {
      id: 'purpose',
      title: t('purpose'),
      width: 'minmax(9rem, 1fr)',
      isSecondary: true,
      render: (row) => purposeWords(row.purpose),
    },
    {
      id: 'outcome',
      title: t('outcome'),
      width: '5.5rem',
      isSecondary: true,
      render: (row) => <Outcome outcome={row.outcome} />,
    },
    { id: 'address', title: t('address'), width: '8rem', isSecondary: true, render: (row) => row.address },
    {
      id: 'number',
      title: t('number'),
      width: '4.5rem',
      isNumber: true,
      isSecondary: true,
      render: (row) => <span className={styles.quiet}>{row.number}</span>,
    },
  ];
}

function FilterBar({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const t = auditTexts.useText();
  const put = (change: Partial<Filters>): void => onChange({ ...filters, ...change });
  const all = { value: any, label: t('any') };
  const actions = Object.keys(auditTexts.ko.actions).map((value) => ({ value, label: actionWords(value) }));
  return (
    <FilterRow>
      <Input label={t('who')} value={filters.who} onChange={(event) => put({ who: event.target.value })} />
      <Select
        label={t('action')}
        value={filters.action}
        choices={[all, ...actions]}
        onChange={(action) => put({ action })}
      />
      <Input
        label={t('object')}
        placeholder={t('objectHint')}
        value={filters.object}
        onChange={(event) => put({ object: event.target.value })}
      />
      <Select
        label={t('outcome')}
        value={filters.outcome}
        choices={[all, ...outcomes.map((value) => ({ value, label: t(`outcomes.${value}`) }))]}
        onChange={(outcome) => put({ outcome })}
      />
      <Input
        label={t('from')}
        type="datetime-local"
        value={filters.from}
        onChange={(event) => put({ from: event.target.value })}
      />
      <Input
        label={t('to')}
        type="datetime-local"
        value={filters.to}
        onChange={(event) => put({ to: event.target.value })}
      />
      {writeFilters(filters).size > 0 && (
        <Button look="quiet" icon={<X />} onClick={() => onChange(readFilters(new URLSearchParams()))}>
          {t('clear')}
        </Button>
      )}
    </FilterRow>
  );
}

function Detail({ row }: { row: AuditRow }) {
  const t = auditTexts.useText();
  const facts: [string, string][] = [
    [t('number'), String(row.number)],
    [t('time'), formatDateTime(row.time)],
    [t('who'), row.who],
    [t('organisation'), row.organisation],
    [t('action'), `${actionWords(row.action)} (${row.action})`],
    [t('object'), row.object],
    [t('purpose'), purposeWords(row.purpose)],
    [t('incident'), row.incident],
    [t('address'), row.address],
    [t('hash'), row.hash],
  ];
  const detail = typeof row.detail === 'string' ? row.detail : JSON.stringify(row.detail, null, 2);
  return (
    <section className={styles.detail} aria-label={t('detail')}>
      <dl>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {detail !== '' && detail !== '{}' && (
        <>
          <p className={styles.quiet}>{t('detail')}</p>
          <pre>{detail}</pre>
        </>
      )}
    </section>
  );
}

/** Who saw, searched, took out or changed what, on which ground; and the proof that it was not altered. */
export default function AuditPage() {
  const t = auditTexts.useText();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search);
  const audit = useAudit(filters);
  const rows = useMemo(() => audit.data?.pages.flatMap((page) => page.records) ?? [], [audit.data]);
  const [chosen, setChosen] = useState<number | null>(null);
  const at = rows.findIndex((row) => row.number === chosen);
  const row = rows[at];
  const columns = useColumns();
  const step = (by: number): void => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next) setChosen(next.number);
  };
  useKey('audit', 'J', () => step(1), '↓');
  useKey('audit', 'K', () => step(-1), '↑');
  const change = (next: Filters): void => setSearch(writeFilters(next), { replace: true });
  const tools = (
    <>
      <span className={styles.quiet}>{t(audit.hasNextPage ? 'more' : 'count', { n: rows.length })}</span>
      <Verify />
    </>
  );
  return (
    <Page title={t('title')} isPadded={false} tools={tools}>
      <ListBody>
        <FilterBar filters={filters} onChange={change} />
        {audit.isPending && <Loading rows={10} />}
        {audit.isError && rows.length === 0 && (
          <ErrorState title={t('failed')} error={audit.error} onRetry={() => void audit.refetch()} />
        )}
        {audit.isSuccess && rows.length === 0 && (
          <Empty icon={<FileClock />} title={t('emptyTitle')} text={t('emptyText')}>
            <Button onClick={() => setSearch({}, { replace: true })}>{t('clear')}</Button>
          </Empty>
        )}
        {rows.length > 0 && (
          <ListAndDetail
            detail={row ? <Detail row={row} /> : null}
            pick={t('pick')}
            onBack={() => setChosen(null)}
          >
            <Table
              label={t('title')}
              columns={columns}
              rows={rows}
              rowKey={(each) => String(each.number)}
              selected={chosen === null ? null : String(chosen)}
              onOpen={(each) => setChosen(each.number)}
              onEnd={() => {
                if (audit.hasNextPage && !audit.isFetchingNextPage) void audit.fetchNextPage();
              }}
            />
          </ListAndDetail>
        )}
      </ListBody>
    </Page>
  );
}
