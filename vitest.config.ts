import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts', 'web/**/*.test.tsx'],
    exclude: ['**/node_modules/**', '**/dist/**', 'var/**'],
    globalSetup: ['test/parts.ts', 'test/cluster.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // A busy machine is slow, which is no fault: only what hangs ends here.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    teardownTimeout: 30_000,
  },
});
