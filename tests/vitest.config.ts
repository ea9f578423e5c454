import { defineConfig } from 'vitest/config'

/** Every suite runs from the sources; the browser suite (`e2e`) starts the built server itself. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    setupFiles: ['tests/support/fixed-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 240_000,
    maxWorkers: 3,
    isolate: false,
  },
})
