import { Cctv, Download, Pencil, Plus, X } from 'lucide-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';

import type { CameraSummary } from '@/shared/api';
import { common } from '@/shared/i18n';
import { useKey } from '@/shared/keyboard';
import { useRight } from '@/shared/session/session';
import { formatDateTime } from '@/shared/time/time';
import {
  Button,
  Empty,
  ErrorState,
  Filters as FilterRow,
  Input,
  ListBody,
  Loading,
  Page,
  Select,
  Table,
  toastError,
  type Column,
} from '@/shared/ui';

import { BulkEdit } from './BulkEdit';
import styles from './CameraList.module.css';
import { LiveCameraState } from './CameraState';
import { downloadCsv } from './csvFile';
import { SubNav } from './SubNav';
import { cameraTexts, whoWords } from './texts';
import {
  any,
  loadAll,
  readFilters,
  removedState,
  useCameraPages,
  writeFilters,
  type CameraFilters,
} from './useCameraPages';
import { useGroupName, useGroups, useOrganisationName, useOrganisations } from './useNames';

const states = ['ok', 'degraded', 'lost', 'off'] as const;
const typingMs = 250;

function Words({ words }: { words: readonly string[] }) {
  return <span className={styles.words}>{words.join(' · ')}</span>;
}

type Selection = ReadonlySet<string>;

interface Marking {
  selected: Selection;
  toggle: (id: string) => void;
  isAll: boolean;
  toggleAll: () => void;
}

function markColumn(t: ReturnType<typeof cameraTexts.useText>, marking: Marking): Column<CameraSummary> {
  return {
    id: 'mark',
    title: (
      <input
        type="checkbox"
        className={styles.mark}
        aria-label={t('selectAll')}
        checked={marking.isAll}
        onChange={marking.toggleAll}
      />
    ),
    width: '2.75rem',
    render: (row) => (
      <input
        type="checkbox"
        className={styles.mark}
        aria-label={t('select', { name: row.name })}
        checked={marking.selected.has(row.id)}
        onClick={(event) => event.stopPropagation()}
        onChange={() => marking.toggle(row.id)}
      />
    ),
  };
}

/** Columns for cameras in service, or for those out of it; with boxes to mark rows where there is a selection. */
function useColumns({ isRemoved, selection }: { isRemoved: boolean; selection: Marking | null }) {
  const t = cameraTexts.useText();
  const groupName = useGroupName();
  const organisationName = useOrganisationName();
  const text = (
    id: string,
    title: string,
    width: string,
    render: (row: CameraSummary) => ReactNode,
  ): Column<CameraSummary> => ({ id, title, width, isSecondary: true, render });
  const state: Column<CameraSummary> = {
    id: 'state',
    title: t('state'),
    width: '6.5rem',
    render: (row) => <LiveCameraState camera={row.id} state={row.state} />,
  };
  const gone: Column<CameraSummary>[] = [
    text('removed', t('removedAt'), '11.5rem', (row) => (row.removed ? formatDateTime(row.removed) : '–')),
    text('by', t('removedBy'), '9rem', (row) => whoWords(row.removed_by ?? '')),
  ];
  const work = text('work', t('work'), '12.5rem', (row) => (
    <Words
      words={[
        ...(row.is_recorded ? [t('recorded')] : []),
        ...(row.is_analysed ? [t('analysed')] : []),
        ...(row.has_ptz ? [t('ptz')] : []),
      ]}
    />
  ));
  return [
    ...(selection ? [markColumn(t, selection)] : []),
    ...(isRemoved ? [] : [state]),
    {
      id: 'name',
      title: t('name'),
      width: 'minmax(11rem, 2.2fr)',
      render: (row: CameraSummary) => <span className={styles.name}>{row.name}</span>,
    },
    text('id', t('id'), 'minmax(8rem, 1.2fr)', (row) => <span className={styles.quiet}>{row.id}</span>),
    text('groups', t('groups'), 'minmax(7rem, 1fr)', (row) => <Words words={row.groups.map(groupName)} />),
    text('organisation', t('organisation'), 'minmax(7rem, 1fr)', (row) => (
      <span className={styles.quiet}>{organisationName(row.organisation)}</span>
    )),
    text('tags', t('tags'), 'minmax(6rem, 1fr)', (row) => <Words words={row.tags} />),
    ...(isRemoved ? gone : [work]),
  ];
}

function Filters({ filters, onChange }: { filters: CameraFilters; onChange: (next: CameraFilters) => void }) {
  const t = cameraTexts.useText();
  const words = common.useText();
  const groups = useGroups();
  const organisations = useOrganisations();
  const organisationName = useOrganisationName();
  const [typed, setTyped] = useState(filters.q);
  useEffect(() => setTyped(filters.q), [filters.q]);
  useEffect(() => {
    if (typed === filters.q) return undefined;
    const timer = setTimeout(() => onChange({ ...filters, q: typed }), typingMs);
    return () => clearTimeout(timer);
  }, [typed, filters, onChange]);
  const all = { value: any, label: t('any') };
  return (
    <FilterRow>
      <div className={styles.find}>
        <Input
          label={words('action.search')}
          type="search"
          placeholder={t('find')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Select
        label={t('state')}
        value={filters.state}
        choices={[
          all,
          ...states.map((value) => ({ value, label: words(`cameraState.${value}`) })),
          { value: removedState, label: t('outOfService') },
        ]}
        onChange={(state) => onChange({ ...filters, state })}
      />
      <Select
        label={t('group')}
        value={filters.group}
        choices={[all, ...groups.map((group) => ({ value: group.id, label: group.name }))]}
        onChange={(group) => onChange({ ...filters, group })}
      />
      {organisations.length > 1 && (
        <Select
          label={t('organisation')}
          value={filters.organisation}
          choices={[all, ...organisations.map(({ id }) => ({ value: id, label: organisationName(id) }))]}
          onChange={(organisation) => onChange({ ...filters, organisation })}
        />
      )}
    </FilterRow>
  );
}

function useSelection() {
  const [selected, setSelected] = useState<Selection>(new Set());
  const toggle = useCallback((id: string) => {
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  return { selected, setSelected, toggle };
}

/** All cameras, as many as there are: found, narrowed, and changed together. */
export function CameraList() {
  const t = cameraTexts.useText();
  const navigate = useNavigate();
  const mayConfigure = useRight('configure_cameras');
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search);
  const { pages, rows, total } = useCameraPages(filters);
  const { selected, setSelected, toggle } = useSelection();
  const isRemoved = filters.state === removedState;
  const [isEditing, setEditing] = useState(false);
  const isAll = rows.length > 0 && rows.every((row) => selected.has(row.id)) && !pages.hasNextPage;
  const toggleAll = (): void => {
    if (isAll) setSelected(new Set());
    else void loadAll(pages).then((ids) => setSelected(new Set(ids)));
  };
  const columns = useColumns({
    isRemoved,
    selection: mayConfigure && !isRemoved ? { selected, toggle, isAll, toggleAll } : null,
  });
  const change = useCallback(
    (next: CameraFilters) => {
      setSelected(new Set());
      setSearch(writeFilters(next), { replace: true });
    },
    [setSearch, setSelected],
  );
  useKey('cameras', 'N', () => navigate('/cameras/~add'), t('add'), { when: mayConfigure });
  const isNarrowed = search.size > 0;
  const download = (): void => {
    void downloadCsv('/api/v1/cameras/export', 'cameras.csv').catch((error: unknown) =>
      toastError(t('failed'), error),
    );
  };
  const tools = (
    <>
      <span className={styles.quiet}>{t('count', { n: total })}</span>
      {mayConfigure && (
        <>
          <Button look="quiet" icon={<Download />} onClick={download}>
            {t('exportCsv')}
          </Button>
          <Button look="primary" icon={<Plus />} keyName="N" onClick={() => navigate('/cameras/~add')}>
            {t('add')}
          </Button>
        </>
      )}
    </>
  );
  return (
    <Page title={t('title')} head={<SubNav />} isPadded={false} tools={tools}>
      <ListBody>
        <Filters filters={filters} onChange={change} />
        {selected.size > 0 && (
          <div className={styles.bar} role="region" aria-label={t('selected', { n: selected.size })}>
            <strong>{t('selected', { n: selected.size })}</strong>
            <Button icon={<Pencil />} onClick={() => setEditing(true)}>
              {t('bulk')}
            </Button>
            <Button look="quiet" icon={<X />} onClick={() => setSelected(new Set())}>
              {t('unselect')}
            </Button>
          </div>
        )}
        {pages.isPending && <Loading rows={10} />}
        {pages.isError && rows.length === 0 && (
          <ErrorState title={t('failed')} error={pages.error} onRetry={() => void pages.refetch()} />
        )}
        {pages.isSuccess && rows.length === 0 && (
          <Empty
            icon={<Cctv />}
            title={t(isNarrowed ? 'noneTitle' : 'emptyTitle')}
            text={t(isNarrowed ? 'noneText' : 'emptyText')}
          >
            {isNarrowed ? (
              <Button onClick={() => setSearch({}, { replace: true })}>{t('clear')}</Button>
            ) : (
              <Button look="primary" onClick={() => navigate('/cameras/~add')}>
                {t('add')}
              </Button>
            )}
          </Empty>
        )}
        {rows.length > 0 && (
          <div className={styles.table}>
            <Table
              label={t('title')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              onOpen={(row) =>
                navigate(`/cameras/${encodeURIComponent(row.id)}${isRemoved ? '/versions' : ''}`)
              }
              onEnd={() => {
                if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
              }}
            />
          </div>
        )}
      </ListBody>
      <BulkEdit
        isOpen={isEditing}
        cameras={rows.filter((row) => selected.has(row.id))}
        onClose={() => setEditing(false)}
        onDone={() => setSelected(new Set())}
      />
    </Page>
  );
}
