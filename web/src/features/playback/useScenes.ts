import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';

import { answer, api } from '@/shared/api';
import { SceneTrail } from '@/shared/player';

import type { Deck } from './deck';

const blockMs = 60_000;
const marginMs = 2_000;

/** The minute of the clock, looked at once a second. */
function useMinute(deck: Deck): number {
  const [minute, setMinute] = useState(() => Math.floor(deck.clock.now() / blockMs));
  useEffect(() => {
    const timer = setInterval(() => setMinute(Math.floor(deck.clock.now() / blockMs)), 500);
    return () => clearInterval(timer);
  }, [deck]);
  return minute;
}

/** The boxes of the minute that plays; null without any. */
export function useScenes(deck: Deck, camera: string, isShown: boolean): SceneTrail | null {
  const minute = useMinute(deck);
  const scenes = useQuery({
    queryKey: ['scenes', camera, minute],
    queryFn: () => {
      const from = new Date(minute * blockMs - marginMs).toISOString();
      const to = new Date((minute + 1) * blockMs + marginMs).toISOString();
      const params = { path: { camera }, query: { from, to } };
      return answer(api.GET('/api/v1/cameras/{camera}/scenes', { params }));
    },
    enabled: isShown,
    staleTime: 15_000,
    refetchInterval: (query) => (isOfNow(query.state.dataUpdatedAt, minute) ? 15_000 : false),
    retry: false,
  });
  return useMemo(() => (scenes.data ? SceneTrail.ofSpan(scenes.data) : null), [scenes.data]);
}

function isOfNow(readAt: number, minute: number): boolean {
  return readAt < (minute + 1) * blockMs + marginMs;
}
