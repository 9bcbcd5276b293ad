// Writes src/shared/api/schema.d.ts from api/openapi.yaml, the contract between server and page.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../api/openapi.yaml', import.meta.url);
const target = new URL('../src/shared/api/schema.d.ts', import.meta.url);

if (!existsSync(contract)) {
  console.error(
    `The contract ${contract.pathname} is missing; the types of the interface cannot be written.`,
  );
  process.exit(1);
}
await writeFile(
  target,
  `// Written by npm run generate from api/openapi.yaml.\n${astToString(await openapiTS(contract))}`,
);
