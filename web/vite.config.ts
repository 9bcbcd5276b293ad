import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

import { serveContract } from './tools/contract.ts';
import { precompress } from './tools/precompress.ts';

const server = process.env.BONGSU_SERVER ?? 'https://127.0.0.1:8443';

export default defineConfig({
  plugins: [react(), serveContract(), precompress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2022', assetsInlineLimit: 0, cssCodeSplit: true, chunkSizeWarningLimit: 1200 },
  server: {
    proxy: {
      // The server takes changes and sockets from its own origin only.
      '/api': { target: server, secure: false, ws: true, changeOrigin: true, headers: { origin: server } },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], testTimeout: 20_000 },
});
