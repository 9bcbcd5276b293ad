import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Flame, LayoutGrid } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';

import { answer, api, type Incident } from '@/shared/api';
import { useNarrow } from '@/shared/design/narrow';
import { markReviewed, useIncidents } from '@/shared/incidents';
import { useKey } from '@/shared/keyboard';
import { usePurpose } from '@/shared/session/purpose';
import { Button, classes, Empty, ErrorState, Loading } from '@/shared/ui';

import { ContextColumn } from './ContextColumn';
import styles from './Control.module.css';
import { Focus } from './Focus';
import { QueueColumn } from './QueueColumn';
import { neighbourOf, nextAfterDecision } from './queueOrder';
import { queueTexts } from './texts';
import { useIncidentActions, type IncidentActions } from './useIncidentActions';
import { useQueue, type Queue } from './useQueue';

const reviewedAfterMs = 1500;

/** The full incident: fetched when chosen, and again when the stream says that it changed. */
function useIncident(id: string | null) {
  const change = useIncidents((store) => (id === null ? undefined : store.incidents.get(id)?.change));
  const query = useQuery({
    queryKey: ['incident', id],
    queryFn: () =>
      answer(api.GET('/api/v1/incidents/{incident}', { params: { path: { incident: id ?? '' } } })),
    enabled: id !== null,
    staleTime: Infinity,
  });
  const { data, refetch } = query;
  useEffect(() => {
    if (data && change !== undefined && change > data.change) void refetch();
  }, [change, data, refetch]);
  return query;
}

function useSelection(queue: Queue) {
  const [search, setSearch] = useSearchParams();
  const id = search.get('incident');
  const select = useCallback(
    (next: string | null) => setSearch(next === null ? {} : { incident: next }, { replace: true }),
    [setSearch],
  );
  const { order, settle, touch } = queue;
  const step = (by: 1 | -1): void => {
    touch();
    const next = neighbourOf(order, id, by);
    if (next !== null) select(next);
  };
  const latest = useRef(order);
  latest.current = order;
  const goOn = useCallback(
    (from: string) => {
      select(nextAfterDecision(latest.current, from));
      settle();
    },
    [select, settle],
  );
  return { id, select, step, goOn };
}

/** While an incident is in focus, it is the purpose of looking; and it counts as looked at after a moment. */
function useFocusedIncident(id: string | null): void {
  const enter = usePurpose((store) => store.enterIncident);
  useEffect(() => {
    enter(id);
    if (id === null) return undefined;
    const timer = setTimeout(() => markReviewed(id), reviewedAfterMs);
    return () => {
      clearTimeout(timer);
      enter(null);
    };
  }, [id, enter]);
}

function Nothing({ hasIncidents }: { hasIncidents: boolean }) {
  const t = queueTexts.useText();
  const navigate = useNavigate();
  if (hasIncidents) return <Empty icon={<Flame />} title={t('pickTitle')} text={t('pickText')} />;
  return (
    <Empty icon={<Flame />} title={t('emptyTitle')} text={t('emptyText')}>
      <Button icon={<LayoutGrid />} onClick={() => navigate('/wall')}>
        {t('openWall')}
      </Button>
    </Empty>
  );
}

interface ChosenProps {
  incident: Incident;
  actions: IncidentActions;
  onAcknowledged: () => void;
  onOpen: (id: string) => void;
}

/** Picture and context of one incident; both can bring a camera near by into the picture. */
function Chosen({ incident, actions, onAcknowledged, onOpen }: ChosenProps) {
  const [neighbour, setNeighbour] = useState<string | null>(null);
  return (
    <>
      <Focus
        incident={incident}
        actions={actions}
        onAcknowledged={onAcknowledged}
        onOpen={onOpen}
        neighbour={neighbour}
        onNeighbour={setNeighbour}
      />
      <ContextColumn incident={incident} onCamera={setNeighbour} />
    </>
  );
}

/** The operator's page: queue, focus and context of the chosen incident. */
export default function Control() {
  const t = queueTexts.useText();
  const queue = useQueue();
  const { id, select, step, goOn } = useSelection(queue);
  const { data, error, refetch } = useIncident(id);
  const incident: Incident | undefined = data?.id === id ? data : undefined;
  const actions = useIncidentActions(incident, goOn);
  useFocusedIncident(id);
  const { order, settle, touch } = queue;
  const isNarrow = useNarrow();
  const firstFresh = order.fresh[0];
  useEffect(() => {
    if (!isNarrow && id === null && firstFresh !== undefined) select(firstFresh);
  }, [isNarrow, id, firstFresh, select]);

  useKey('control', 'J', () => step(1), t('actions.next'));
  useKey('control', 'K', () => step(-1), t('actions.previous'));
  useKey('control', 'ArrowDown', () => step(1), t('actions.next'), { hidden: true });
  useKey('control', 'ArrowUp', () => step(-1), t('actions.previous'), { hidden: true });
  useKey('control', 'U', settle, t('actions.showArrived'));

  const hasFocus = incident !== undefined;
  return (
    <div className={classes(styles.page, !hasFocus && styles.wide)}>
      <QueueColumn
        className={styles.queue}
        queue={queue}
        selected={id}
        onSelect={(next) => {
          touch();
          select(next);
        }}
      />
      {incident !== undefined && (
        <>
          <div className={styles.back}>
            <Button look="quiet" icon={<ArrowLeft />} onClick={() => select(null)}>
              {t('queue')}
            </Button>
          </div>
          <Chosen
            key={incident.id}
            incident={incident}
            actions={actions}
            onAcknowledged={touch}
            onOpen={select}
          />
        </>
      )}
      {!hasFocus && (
        <div className={styles.empty}>
          {id === null && <Nothing hasIncidents={order.fresh.length + order.handled.length > 0} />}
          {id !== null && error !== null && (
            <ErrorState title={t('incidentFailed')} error={error} onRetry={() => void refetch()} />
          )}
          {id !== null && error === null && <Loading rows={6} />}
        </div>
      )}
    </div>
  );
}
