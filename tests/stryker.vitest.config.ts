import { defineConfig } from 'vitest/config'

/** The tests of the licence kernel that are quick enough to be run once for every mutant. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: [
      'tests/policies/evaluate.test.ts',
      'tests/policies/canonical.test.ts',
      'tests/policies/licence-{claims,codes,export,malformed,operators,parse,territory,vectors,words}.test.ts',
    ],
    setupFiles: ['tests/support/fixed-seed.ts'],
    testTimeout: 60_000,
  },
})
