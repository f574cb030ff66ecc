import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Writes dist/sizes.json, so that the budget of the first load is a test and not a feeling. */
function sizes(): Plugin {
  let outDir = '';
  return {
    name: 'sizes',
    apply: 'build',
    configResolved: (config) => {
      outDir = config.build.outDir.startsWith('/') ? config.build.outDir : join(config.root, config.build.outDir);
    },
    closeBundle: () => {
      const folder = join(outDir, 'assets');
      const files = readdirSync(folder).map((name) => {
        const content = readFileSync(join(folder, name));
        return { file: `assets/${name}`, bytes: content.length, gzip_bytes: gzipSync(content).length };
      });
      writeFileSync(join(outDir, 'sizes.json'), `${JSON.stringify(files, null, 1)}\n`);
    },
  };
}

const server = process.env['QH_DEV_SERVER'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), sizes()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    chunkSizeWarningLimit: 900,
    // Operations that no page calls are left out of the contracts that it loads.
    rolldownOptions: { treeshake: { manualPureFunctions: ['defineOperation', 'Type'] } },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/health', '/ready', '/openapi.json', '/docs', '/ws'].map((path) => [path, { target: server, ws: path === '/ws' }]),
    ),
  },
});
