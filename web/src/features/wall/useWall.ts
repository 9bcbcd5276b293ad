import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { answer, api, type Wall } from '@/shared/api';
import { listen } from '@/shared/stream/hub';
import { toastError } from '@/shared/ui';

import { wallTexts } from './texts';

const wallKey = ['wall'];

export interface WallWish {
  slots?: number;
  pins?: string[];
  focus?: string | null;
  is_paused?: boolean;
}

/** The own wall: read once, then as the stream tells it. */
export function useWall() {
  const queries = useQueryClient();
  const wall = useQuery({ queryKey: wallKey, queryFn: () => answer(api.GET('/api/v1/wall')) });
  useEffect(
    () =>
      listen((message) => {
        if (message.type === 'wall') queries.setQueryData<Wall>(wallKey, message);
        if (message.type === 'resync') void queries.invalidateQueries({ queryKey: wallKey });
      }),
    [queries],
  );
  return wall;
}

export function useWallWish() {
  const queries = useQueryClient();
  const { t } = wallTexts;
  return useMutation({
    mutationFn: (wish: WallWish) => answer(api.PUT('/api/v1/wall', { body: wish })),
    onSuccess: (wall) => queries.setQueryData<Wall>(wallKey, wall),
    onError: (error) => toastError(t('changeFailed'), error),
  });
}
