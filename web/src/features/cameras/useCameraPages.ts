import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { answer, api } from '@/shared/api';

export interface CameraFilters {
  q: string;
  state: string;
  group: string;
  organisation: string;
}

export const any = '*';
/** Stands among the states: those that are out of service. */
export const removedState = 'removed';
const pageRows = 500;
const names = ['q', 'state', 'group', 'organisation'] as const;

/** Conditions stand in the address, so that they can be shared and gone back to. */
export function readFilters(search: URLSearchParams): CameraFilters {
  const read = (name: string): string => search.get(name) ?? any;
  return {
    q: search.get('q') ?? '',
    state: read('state'),
    group: read('group'),
    organisation: read('organisation'),
  };
}

export function writeFilters(filters: CameraFilters): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of names)
    if (filters[name] !== any && filters[name] !== '') search.set(name, filters[name]);
  return search;
}

function asked(value: string): string | undefined {
  return value === any || value === '' ? undefined : value;
}

/** The cameras that fit, page by page. */
export function useCameraPages(filters: CameraFilters) {
  const query = {
    q: asked(filters.q.trim()),
    ...(filters.state === removedState ? { removed: true } : { state: asked(filters.state) }),
    group: asked(filters.group),
    organisation: asked(filters.organisation),
  };
  const pages = useInfiniteQuery({
    queryKey: ['cameras', query],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/cameras', {
          params: { query: { ...query, limit: pageRows, cursor: asked(pageParam) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.next === '' ? undefined : page.next),
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.cameras) ?? [], [pages.data]);
  return { pages, rows, total: pages.data?.pages[0]?.total ?? 0 };
}

/** Loads what is still missing and gives every camera that fits: for "select all". */
export async function loadAll(pages: ReturnType<typeof useCameraPages>['pages']): Promise<string[]> {
  let latest = pages;
  while (latest.hasNextPage) latest = await latest.fetchNextPage();
  return (latest.data?.pages ?? []).flatMap((page) => page.cameras.map((camera) => camera.id));
}
