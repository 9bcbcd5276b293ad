import { expect, it } from 'vitest';

import { mergedValue } from './merge';

const zone = (id: string, name = id) => ({ id, name });
const [a, b, c] = [zone('a'), zone('b'), zone('c')];

it('keeps what each of two people added', () => {
  expect(mergedValue([a], [a, b], [a, c])).toEqual({ value: [a, c, b], isClash: false });
});

it('keeps the change of one beside the removal of another thing by the other', () => {
  const renamed = zone('a', 'gate');
  expect(mergedValue([a, b], [renamed, b], [a])).toEqual({ value: [renamed], isClash: false });
});

it('takes its own side where both changed the same thing, and says so', () => {
  const [mine, theirs] = [zone('a', 'mine'), zone('a', 'theirs')];
  expect(mergedValue([a], [mine], [theirs])).toEqual({ value: [mine], isClash: true });
  expect(mergedValue([a], [], [theirs])).toEqual({ value: [], isClash: true });
  expect(mergedValue([a], [mine], [])).toEqual({ value: [mine], isClash: true });
});

it('does not call the same change a clash', () => {
  expect(mergedValue('old', 'new', 'new')).toEqual({ value: 'new', isClash: false });
});
