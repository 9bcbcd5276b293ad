import { expect, it } from 'vitest';

import type { ReplaySaid, ReplayStep } from '@/shared/api';

import { nextNotable, sceneAt, storyOf } from './story';

const start = Date.parse('2026-11-21T22:40:00Z');

function said(id: string, phase: ReplaySaid['phase'], confidence = 0.5): ReplaySaid {
  return {
    id,
    phase,
    kind: 'intrusion',
    rule: 'fence',
    zone: 'yard',
    gravity: 3,
    started: new Date(start).toISOString(),
    confidence,
    detail: '',
    tracks: [7],
    box: [0, 0, 1, 1],
  };
}

function step(index: number, more: Partial<ReplayStep> = {}): ReplayStep {
  return {
    time: new Date(start + index * 200).toISOString(),
    level: 'T2',
    has_signal: true,
    has_detections: true,
    quality: null,
    tracks: [],
    proposals: [],
    said: [],
    ...more,
  };
}

it('knows what goes on in each scene, with the latest figures', () => {
  const { told, notable } = storyOf({
    open: [],
    steps: [
      step(0),
      step(1, { said: [said('a', 'begin', 0.5)] }),
      step(2, { said: [said('a', 'update', 0.9)] }),
      step(3, { said: [said('a', 'end', 0.9)] }),
      step(4),
    ],
  });
  expect(told.map(({ open }) => open.map(({ phase, confidence }) => [phase, confidence]))).toEqual([
    [],
    [['begin', 0.5]],
    [['update', 0.9]],
    [['end', 0.9]],
    [],
  ]);
  expect(notable).toEqual([1, 3]);
});

it('begins with what was going on before', () => {
  const { told } = storyOf({
    open: [said('a', 'update')],
    steps: [step(0), step(1, { said: [said('a', 'end')] })],
  });
  expect(told.map(({ open }) => open.map(({ phase }) => phase))).toEqual([['update'], ['end']]);
});

it('adds up suspicions by behaviour', () => {
  const { told, notable } = storyOf({
    open: [],
    steps: [
      step(0, { proposals: [{ kind: 'fall', count: 1 }] }),
      step(1),
      step(2, {
        proposals: [
          { kind: 'fall', count: 2 },
          { kind: 'fire', count: 1 },
        ],
      }),
    ],
  });
  expect(told.map(({ proposed }) => [...proposed])).toEqual([
    [['fall', 1]],
    [['fall', 1]],
    [
      ['fall', 3],
      ['fire', 1],
    ],
  ]);
  expect(notable).toEqual([0, 2]);
});

it('finds the scene of a moment', () => {
  const times = [1000, 1200, 1400];
  expect([0, 999, 1100, 1199, 1200, 1399, 5000].map((moment) => sceneAt(times, moment))).toEqual([
    0, 0, 0, 1, 1, 2, 2,
  ]);
  expect(sceneAt([], 5)).toBe(0);
});

it('goes to the next scene where something happens, and stays at the last', () => {
  expect(nextNotable([2, 5], 0, 1)).toBe(2);
  expect(nextNotable([2, 5], 5, 1)).toBe(5);
  expect(nextNotable([2, 5], 5, -1)).toBe(2);
  expect(nextNotable([], 3, -1)).toBe(3);
});
