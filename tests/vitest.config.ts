import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const isJudge = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/e2e/axe')

/** The pages are judged for minutes by files of four lines: begun last, they leave a core idle. */
class JudgesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...sorted.filter(isJudge), ...sorted.filter((file) => !isJudge(file))]
  }
}

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
    sequence: { sequencer: JudgesFirst },
  },
})
