import { KERNELS } from './mutation/kernels.mjs'

const kernel = process.env.KERNEL ?? 'licences'

/**
 * Mutation testing of one part of the kernel, started by `tests/mutation/main.mjs`. Takes long, so
 * it is no part of `npm test`.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'in-process',
  plugins: [new URL('mutation/runner.mjs', import.meta.url).href],
  coverageAnalysis: 'perTest',
  mutate: KERNELS[kernel].mutate.map((name) => `policies/rules/${name}.ts`),
  // What is computed while a module loads would need a fresh process for every mutant.
  ignoreStatic: true,
  ignorePatterns: [
    '**',
    '!policies/**',
    '!tests/**',
    '!package.json',
    '!tsconfig.json',
    '!*/tsconfig.json',
  ],
  // Stryker rewrites a tsconfig.json with functions that TypeScript 7 no longer has: it finds none.
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  concurrency: 2,
  // Endless loops are noticed by their hits; a slow machine must not count as a kill.
  timeoutMS: 60_000,
  tempDirName: `dist/stryker/sandbox-${process.pid}`,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: process.env.MUTATION_REPORT ?? `dist/stryker/${kernel}.json` },
  clearTextReporter: {
    allowColor: false,
    logTests: false,
    reportTests: false,
    reportMutants: false,
  },
  thresholds: { high: 95, low: 90, break: 85 },
}
