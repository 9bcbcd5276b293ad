import { useQuery } from '@tanstack/react-query';

import { answer, api } from '@/shared/api';
import { useRight } from '@/shared/session/session';
import { now } from '@/shared/time/time';

export const periods = ['8', '24', '168', '720'] as const;
export type Period = (typeof periods)[number];

const hourMs = 3_600_000;
const minuteMs = 60_000;
const ledgerHours = 24;

/** Whole minutes, so that a page that is opened twice asks the same. */
function spanOf(hours: number): { from: string; to: string } {
  const to = Math.floor(now() / minuteMs) * minuteMs;
  return { from: new Date(to - hours * hourMs).toISOString(), to: new Date(to).toISOString() };
}

export function useNowFigures() {
  return useQuery({
    queryKey: ['supervision', 'now'],
    queryFn: () => answer(api.GET('/api/v1/supervision/now')),
    refetchInterval: 5000,
  });
}

export function useShiftReport(period: Period) {
  return useQuery({
    queryKey: ['supervision', 'report', period],
    queryFn: () =>
      answer(api.GET('/api/v1/supervision/report', { params: { query: spanOf(Number(period)) } })),
    refetchInterval: 5 * minuteMs,
    staleTime: minuteMs,
  });
}

/** The ledger of all cameras goes back a day at most. */
export function useCoverage(period: Period) {
  const hours = Math.min(ledgerHours, Number(period));
  return useQuery({
    queryKey: ['supervision', 'coverage', hours],
    queryFn: () => answer(api.GET('/api/v1/supervision/coverage', { params: { query: spanOf(hours) } })),
    refetchInterval: 5 * minuteMs,
    staleTime: minuteMs,
  });
}

export function useSuggestions() {
  const mayChange = useRight('configure_rules');
  return useQuery({
    queryKey: ['suggestions'],
    queryFn: () => answer(api.GET('/api/v1/suggestions')),
    enabled: mayChange,
    staleTime: minuteMs,
  });
}
