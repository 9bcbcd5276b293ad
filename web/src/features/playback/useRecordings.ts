import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

import { answer, api, type Schemas } from '@/shared/api';
import { usePurpose } from '@/shared/session/purpose';
import { now } from '@/shared/time/time';

import type { Deck } from './deck';
import type { TimelineRow } from './drawTimeline';
import type { TimeSpan } from './spans';
import { blockOf, type TimeView } from './timeScale';

const freshEveryMs = 15_000;
/** What is not stored yet may be so soon: nothing is certain of the last seconds. */
const uncertainMs = 10_000;

interface Block extends TimeSpan {
  askedAt: number;
  recordings: Schemas['Recordings'];
}

async function readBlock(camera: string, { from, to }: TimeSpan): Promise<Block> {
  const askedAt = now();
  const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const params = { path: { camera }, query };
  const recordings = await answer(api.GET('/api/v1/cameras/{camera}/recordings', { params }));
  return { from, to, askedAt, recordings };
}

function teach(deck: Deck, camera: string, block: Block): void {
  const spans = block.recordings.spans.map((span) => ({
    from: Date.parse(span.from),
    to: Date.parse(span.to),
  }));
  const certain = Math.max(block.askedAt - uncertainMs, ...spans.map((span) => span.to));
  const to = Math.min(block.to, certain);
  if (to > block.from) deck.book(camera).learn({ from: block.from, to }, spans);
}

/** What is stored of each camera around the view: the deck learns it, the timeline shows it. */
export function useRecordings(
  deck: Deck,
  cameras: readonly string[],
  view: TimeView,
): { rows: TimelineRow[]; error: unknown } {
  const block = blockOf(view);
  const isFresh = block.to > now() - freshEveryMs;
  const purpose = usePurpose((store) => store.chosen);
  const answers = useQueries({
    queries: cameras.map((camera) => ({
      queryKey: ['recordings', camera, block.from, block.to, purpose],
      queryFn: () => readBlock(camera, block),
      refetchInterval: isFresh ? freshEveryMs : (false as const),
      staleTime: freshEveryMs,
      placeholderData: keepPreviousData,
      retry: false,
    })),
  });
  const blocks = answers.map((each) => each.data);
  // The same rows as long as the answers are the same, so that the canvas rests.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const rows = useMemo(() => toRows(cameras, blocks), [cameras, ...blocks]);
  useEffect(() => {
    blocks.forEach((each, index) => each && teach(deck, cameras[index] ?? '', each));
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [deck, rows]);
  return { rows, error: answers.find((each) => each.isError)?.error ?? null };
}

function toRows(cameras: readonly string[], blocks: readonly (Block | undefined)[]): TimelineRow[] {
  return cameras.map((camera, index) => {
    const block = blocks[index];
    return { camera, recordings: block ? [block.recordings] : [] };
  });
}
