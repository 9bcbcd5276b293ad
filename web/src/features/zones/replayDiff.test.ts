import { expect, it } from 'vitest';

import { compareEvents, type ReplayEvent } from './replayDiff';

function event(from: number, rule: string, tracks: number[] = []): ReplayEvent {
  const time = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
  return {
    kind: 'loitering',
    rule,
    zone: 'z',
    gravity: 2,
    from: time(from),
    to: time(from + 30),
    tracks,
    box: [0, 0, 1, 1],
    picture: [10, 10],
  };
}

it('tells what a change keeps, ends and adds', () => {
  const before = [event(0, 'a'), event(100, 'a', [7]), event(200, 'b')];
  const after = [event(1, 'a'), event(112, 'a', [7]), event(300, 'a')];
  const fates = compareEvents(before, after).map(({ event: { from }, fate }) => [from.slice(14, 19), fate]);
  expect(fates).toEqual([
    ['05:00', 'added'],
    ['03:20', 'gone'],
    ['01:52', 'kept'],
    ['00:01', 'kept'],
  ]);
});

it('matches each event once', () => {
  const compared = compareEvents([event(0, 'a')], [event(0, 'a'), event(1, 'a')]);
  expect(compared.map(({ fate }) => fate).sort()).toEqual(['added', 'kept']);
});
