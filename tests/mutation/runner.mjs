// A test runner for Stryker that loads the tests once and runs them in its own process: a mutant
// costs milliseconds, not a start of Vitest.
import { register } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core'
import { declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin'
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner'
import { register as registerTypeScript } from 'tsx/esm/api'
import fastCheck from './fast-check-shim.cjs'
import { KERNELS } from './kernels.mjs'
import { declared } from './vitest-shim.mjs'

const { NAMESPACE } = INSTRUMENTER_CONSTANTS

/** Processor seconds a mutant may take before it counts as survived. */
const BUDGET = Number(process.env.MUTANT_SECONDS ?? 2)

async function loadTests(kernel) {
  register('./resolve-shim.mjs', import.meta.url)
  registerTypeScript()
  await import(pathToFileURL(resolve('tests/support/fixed-seed.ts')).href)
  for (const name of KERNELS[kernel].tests) {
    await import(pathToFileURL(resolve(`tests/policies/${name}.test.ts`)).href)
  }
}

async function runTest({ name, run }) {
  const started = performance.now()
  const result = { id: name, name, fileName: undefined }
  const failureMessage = await Promise.resolve()
    .then(run)
    .then(
      () => undefined,
      (error) => String(error?.message ?? error),
    )
  const timeSpentMs = performance.now() - started
  if (failureMessage === undefined) return { ...result, timeSpentMs, status: TestStatus.Success }
  return { ...result, timeSpentMs, status: TestStatus.Failed, failureMessage }
}

const secondsUsed = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function createRunner() {
  globalThis[NAMESPACE] ??= {}
  const shared = globalThis[NAMESPACE]
  const active = (mutant, test) => {
    shared.activeMutant = mutant
    return runTest(test)
  }

  /** Failed only if it fails again, so that neither a slow machine nor a cache kills a mutant. */
  async function confirmed(mutant, test) {
    const first = await active(mutant, test)
    if (first.status !== TestStatus.Failed) return first
    if (shared.hitCount > shared.hitLimit) return first
    const without = await active(undefined, test)
    if (without.status === TestStatus.Failed)
      throw new Error(`left behind by a mutant: ${test.name}`)
    return active(mutant, test)
  }

  return {
    // Mutants are only ever switched on while a test runs (`ignoreStatic`), so nothing is loaded anew.
    capabilities: () => ({ reloadEnvironment: true }),
    init: () => loadTests(process.env.KERNEL ?? 'licences'),
    async dryRun() {
      const tests = []
      for (const test of declared) {
        shared.currentTestId = test.name
        fastCheck.shortened.any = false
        const result = await runTest(test)
        // A test that counts what its property met cannot be cut short: it is left out.
        if (result.status === TestStatus.Failed && fastCheck.shortened.any) {
          delete shared.mutantCoverage.perTest[test.name]
        } else tests.push(result)
      }
      shared.currentTestId = undefined
      return { status: DryRunStatus.Complete, tests, mutantCoverage: shared.mutantCoverage }
    },
    async mutantRun({ testFilter, activeMutant, hitLimit }) {
      Object.assign(shared, { hitLimit, hitCount: 0 })
      const covering = new Set(testFilter ?? declared.map(({ name }) => name))
      const until = secondsUsed() + BUDGET
      const tests = []
      for (const test of declared) {
        if (!covering.has(test.name)) continue
        if (secondsUsed() > until) break
        const result = await confirmed(activeMutant.id, test)
        tests.push(result)
        if (result.status === TestStatus.Failed) break
      }
      shared.activeMutant = undefined
      const endless = determineHitLimitReached(shared.hitCount, hitLimit)
      return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests })
    },
  }
}
createRunner.inject = tokens()

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'in-process', createRunner),
]
