/** For `npm run check`: the tests that need no database, without the setup that starts one. */
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { root: resolve(import.meta.dirname, '..'), include: ['test/tidy.test.ts'] },
});
