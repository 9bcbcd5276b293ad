import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { answer, api } from '@/shared/api';
import { now } from '@/shared/time/time';

import { bodyOf, type RuleSet } from './draft';

const restMs = 600;

/** The value once it has rested for a moment. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/** What these zones and rules would have raised in the last `seconds`, asked anew after each change. */
export function useReplay(camera: string, set: RuleSet, seconds: number, isReady: boolean) {
  const { zones, rules } = bodyOf(useRested(set));
  return useQuery({
    queryKey: ['replay', camera, seconds, zones, rules],
    queryFn: ({ signal }) => {
      const to = now();
      return answer(
        api.POST('/api/v1/cameras/{camera}/replay', {
          params: { path: { camera } },
          body: {
            from: new Date(to - seconds * 1000).toISOString(),
            to: new Date(to).toISOString(),
            zones,
            rules,
          },
          signal,
        }),
      );
    },
    enabled: isReady,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
    refetchOnWindowFocus: false,
  });
}
