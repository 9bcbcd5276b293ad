import { afterEach, describe, expect, it } from 'vitest';

import type { IncidentSummary } from '@/shared/api';
import { common, setLanguage } from '@/shared/i18n';

import { whySentence } from './why';
import { whyTexts } from './whyTexts';

const began = Date.parse('2026-11-22T19:00:00Z');

function incident(kind: string, isEnded = false): IncidentSummary {
  return {
    kind,
    people: 0,
    detail: '',
    zones: [],
    camera: 'gate',
    started: new Date(began).toISOString(),
    ended: isEnded ? new Date(began + 29_000).toISOString() : null,
  } as unknown as IncidentSummary;
}

/** Every behaviour that can open an incident: a folder of its own beside those that only help. */
const folders = Object.keys(import.meta.glob('../../../../src/behaviours/*/*.cpp')).map(
  (path) => path.split('/').at(-2) ?? '',
);
const kinds = [...new Set(folders)].filter(
  (name) => !['scenario', 'testing', 'still_things', 'traffic'].includes(name),
);

afterEach(() => setLanguage('ko'));

describe('why an incident is here', () => {
  it('knows the behaviours', () => expect(kinds.length).toBeGreaterThan(20));

  it.each(kinds)('has a name and a sentence of its own for %s in both languages', (kind) => {
    for (const language of ['ko', 'en'] as const) {
      setLanguage(language);
      expect(common.has(`kind.${kind}`)).toBe(true);
      expect(whyTexts.has(`why.${kind}`)).toBe(true);
      for (const isEnded of [false, true]) {
        const sentence = whySentence(incident(kind, isEnded), began + 12_000);
        expect(sentence).not.toMatch(/{{|_/);
        expect(/[가-힣]/.test(sentence)).toBe(language === 'ko');
      }
    }
  });

  it('tells what goes on from what has ended', () => {
    expect(whySentence(incident('fall'), began + 12_000)).toBe('사람 쓰러져 12초째 누워 있음');
    expect(whySentence(incident('fall', true), began + 60_000)).toBe('사람 쓰러져 29초 동안 누워 있었음');
  });
});
