import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';

import { answer, api, isConflict, type Incident, type IncidentAction } from '@/shared/api';
import { cameraName } from '@/shared/cameras/names';
import { stateWords, takeIncident } from '@/shared/incidents';
import { toast, toastError } from '@/shared/ui';

import { decisions, mayDo, type Reason, type Verb } from './actions';
import { queueTexts } from './texts';

export interface IncidentActions {
  isBusy: boolean;
  may: (verb: Verb) => boolean;
  act: (verb: Verb, more?: { reason?: Reason; text?: string; assignee?: string }) => Promise<boolean>;
  note: (text: string) => Promise<boolean>;
  merge: (ids: string[]) => Promise<boolean>;
}

/** What a person does about the incident in focus. `onDecided` is called when it is decided: go on to the next. */
export function useIncidentActions(
  incident: Incident | undefined,
  onDecided: (id: string) => void,
): IncidentActions {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const underWay = useRef<Promise<unknown>>(Promise.resolve());
  const ours = useRef<Incident>();

  const take = useCallback(
    (next: Incident) => {
      ours.current = next;
      queries.setQueryData(['incident', next.id], next);
      takeIncident(next);
    },
    [queries],
  );

  /** The change that a step builds on: what is shown, or what our own step before it has just made of that. */
  const expected = useCallback(
    (shown: Incident) =>
      ours.current?.id === shown.id ? Math.max(ours.current.change, shown.change) : shown.change,
    [],
  );

  const attempt = useCallback(
    async (request: () => Promise<Incident>): Promise<boolean> => {
      const { t } = queueTexts;
      setBusy(true);
      try {
        take(await request());
        return true;
      } catch (error) {
        void queries.invalidateQueries({ queryKey: ['incident', incident?.id] });
        toastError(isConflict(error) ? t('actions.stale') : t('actions.failed'), error);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [incident?.id, queries, take],
  );

  /** One step after the other: a quick hand must not conflict with itself. */
  const run = useCallback(
    (request: () => Promise<Incident>): Promise<boolean> => {
      const done = underWay.current.then(() => attempt(request));
      underWay.current = done;
      return done;
    },
    [attempt],
  );

  const act: IncidentActions['act'] = useCallback(
    async (verb, more = {}) => {
      if (!incident || !mayDo(incident.state, verb)) return false;
      const params = { path: { incident: incident.id } };
      const isDone = await run(() => {
        const body: IncidentAction = { action: verb, expected_change: expected(incident), ...more };
        return answer(api.POST('/api/v1/incidents/{incident}/actions', { params, body }));
      });
      if (!isDone) return false;
      if (decisions.includes(verb)) {
        onDecided(incident.id);
        announce(verb, incident, () =>
          run(() =>
            answer(api.POST('/api/v1/incidents/{incident}/actions', { params, body: { action: 'reopen' } })),
          ),
        );
      }
      return true;
    },
    [incident, expected, onDecided, run],
  );

  const note = useCallback(
    (text: string) => {
      if (!incident) return Promise.resolve(false);
      const params = { path: { incident: incident.id } };
      return run(() => answer(api.POST('/api/v1/incidents/{incident}/notes', { params, body: { text } })));
    },
    [incident, run],
  );

  const merge = useCallback(
    (ids: string[]) => {
      if (!incident) return Promise.resolve(false);
      const params = { path: { incident: incident.id } };
      return run(() =>
        answer(api.POST('/api/v1/incidents/{incident}/merge', { params, body: { incidents: ids } })),
      );
    },
    [incident, run],
  );

  const may = useCallback((verb: Verb) => incident !== undefined && mayDo(incident.state, verb), [incident]);
  return { isBusy, may, act, note, merge };
}

const aims: Partial<Record<Verb, string>> = {
  false_alarm: 'false_alarm',
  confirm: 'confirmed',
  dispatch: 'dispatched',
  close: 'closed',
};

/** Says what was decided; a false alarm and a closing can be taken back. */
function announce(verb: Verb, incident: Incident, reopen: () => Promise<unknown>): void {
  const { t } = queueTexts;
  const words = t('actions.done', {
    camera: cameraName(incident.camera),
    state: stateWords(aims[verb] ?? verb),
  });
  const canUndo = verb === 'false_alarm' || verb === 'close';
  toast(words, canUndo ? { label: t('actions.undo'), run: () => void reopen() } : undefined);
}
