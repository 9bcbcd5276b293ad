import { expect, it } from 'vitest';

import { errorKind } from './errorKind';

it.each([
  ['connect: Connection refused', 'refused'],
  ['DESCRIBE answered 401 Unauthorized', 'unauthorised'],
  ['DESCRIBE answered 404 Not Found', 'notFound'],
  ['connect timed out after 5 s', 'timeout'],
  ['No route to host', 'unreachable'],
  ['read: End of file', 'ended'],
  ['something new', null],
])('%s is told as %s', (error, kind) => {
  expect(errorKind(error)).toBe(kind);
});
