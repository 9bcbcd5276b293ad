import { describe, expect, it } from 'vitest';

import type { Texts, TextTree } from './texts';

const modules = import.meta.glob(['../../**/texts.ts', '../../**/*Texts.ts'], { eager: true });

function isTexts(value: unknown): value is Texts<TextTree> {
  return (
    typeof value === 'object' && value !== null && 'namespace' in value && 'ko' in value && 'en' in value
  );
}

/** Every key with the names of the values that its words take. */
function shape(tree: TextTree, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    if (typeof value !== 'string') return shape(value, `${path}${key}.`);
    const values = [...value.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort();
    return [`${path}${key}(${[...new Set(values)].join(',')})`];
  });
}

function words(tree: TextTree): string[] {
  return Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : words(value)));
}

const all = Object.entries(modules).flatMap(([path, module]) =>
  Object.values(module as object)
    .filter(isTexts)
    .map((texts) => ({ path, texts })),
);

describe('texts', () => {
  it('are found', () => {
    expect(all.length).toBeGreaterThan(2);
  });

  it('have a namespace of their own', () => {
    const namespaces = all.map(({ texts }) => texts.namespace);
    expect(new Set(namespaces).size).toBe(namespaces.length);
  });

  it.each(all)('$texts.namespace has the same keys and values in Korean and English', ({ texts }) => {
    expect(shape(texts.en).sort()).toEqual(shape(texts.ko).sort());
  });

  it.each(all)('$texts.namespace has no empty words and no Korean in English', ({ texts }) => {
    expect(words(texts.ko).filter((word) => word.trim() === '')).toEqual([]);
    expect(
      words(texts.en).filter((word) => word.trim() === '' || /[가-힣]/.test(word.replace('한국어', ''))),
    ).toEqual([]);
  });
});
