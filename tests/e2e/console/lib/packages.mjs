// The packages of these tests are those of web/package.json.
import { createRequire } from 'node:module';

export const fromWeb = createRequire(new URL('../../../../web/package.json', import.meta.url));
