import { expect, it } from 'vitest';

import { bytesWords } from './bytes';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [73_804_374_016, '73.8 GB'],
  [270_553_174_016, '271 GB'],
])('%i bytes are %s', (bytes, words) => {
  expect(bytesWords(bytes)).toBe(words);
});
