import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import type { Plugin } from 'vite';

const contract = new URL('../../api/openapi.yaml', import.meta.url);
const name = 'virtual:contract';
const resolved = `\0${name}`;
const path = '/openapi.yaml';

/** Gives the page the contract: as a module for its documentation, and as the file /openapi.yaml for tools of others. */
export function serveContract(): Plugin {
  return {
    name: 'bongsu-contract',
    resolveId: (id) => (id === name ? resolved : undefined),
    async load(id) {
      if (id !== resolved) return undefined;
      const text = await readFile(contract, 'utf8');
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(load(text)))});`;
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: path.slice(1), source: await readFile(contract) });
    },
    configureServer(server) {
      server.middlewares.use(path, (_, response, next) => {
        readFile(contract).then((bytes) => {
          response.setHeader('content-type', 'application/yaml');
          response.end(bytes);
        }, next);
      });
    },
  };
}
