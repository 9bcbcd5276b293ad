import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

import { answer, api, fetchBytes, type IncidentSummary } from '@/shared/api';
import { isOpen, useIncidents } from '@/shared/incidents';
import { listen, useHub } from '@/shared/stream/hub';

import { readCameras, type MapCamera } from './cameras';
import { readCity } from './city';

export function useMapSources() {
  return useQuery({
    queryKey: ['map'],
    queryFn: () => answer(api.GET('/api/v1/map')),
    staleTime: Infinity,
  });
}

/** Cameras with a place, their condition as the event stream tells it. */
export function useMapCameras() {
  const queries = useQueryClient();
  const live = useHub((store) => store.cameras);
  const map = useQuery({
    queryKey: ['cameras', 'map'],
    queryFn: async () => readCameras(await answer(api.GET('/api/v1/cameras/map'))),
    staleTime: 60_000,
  });
  useEffect(
    () =>
      listen((message) => {
        if (message.type === 'resync') void queries.invalidateQueries({ queryKey: ['cameras', 'map'] });
      }),
    [queries],
  );
  const cameras = useMemo(
    () =>
      (map.data ?? []).map((camera): MapCamera => {
        const state = live.get(camera.id)?.state;
        return state === undefined ? camera : { ...camera, state };
      }),
    [map.data, live],
  );
  return { ...map, cameras };
}

/** Open incidents, and the gravest of each camera. */
export function useOpenIncidents() {
  const all = useIncidents((store) => store.incidents);
  return useMemo(() => {
    const open = [...all.values()].filter(isOpen);
    const gravest = new Map<string, IncidentSummary>();
    for (const incident of open) {
      const known = gravest.get(incident.camera);
      if (!known || known.gravity < incident.gravity) gravest.set(incident.camera, incident);
    }
    const gravities = new Map([...gravest].map(([camera, incident]) => [camera, incident.gravity]));
    return { gravest, gravities };
  }, [all]);
}

/** The ground of the map; null when the server has none. */
export function useCity(path: string | undefined) {
  return useQuery({
    queryKey: ['map', 'city', path],
    queryFn: async ({ signal }) => readCity(await (await fetchBytes(path ?? '', signal)).json()),
    enabled: path !== undefined && path !== '',
    staleTime: Infinity,
    structuralSharing: false,
  });
}
