import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBuilt } from './stored.ts'

/** The demonstration's registry in a folder of its own, closed. */
export interface Seeded {
  readonly dataDir: string
  /** Another folder with the same content. */
  readonly copy: () => Promise<string>
  readonly remove: () => Promise<void>
}

/** Grows the demonstration by its own command. */
export const growSeed = async (): Promise<Seeded> => {
  const parent = await mkdtemp(join(tmpdir(), 'seeded-'))
  const dataDir = join(parent, 'grown')
  const { code, output } = await runBuilt('seed/main.js', [], { DATA_DIR: dataDir })
  if (code !== 0) throw new Error(`the seed does not grow:\n${output}`)
  let copies = 0
  return {
    dataDir,
    copy: async () => {
      copies += 1
      const to = join(parent, `copy-${copies}`)
      await cp(dataDir, to, { recursive: true })
      return to
    },
    remove: () => rm(parent, { recursive: true, force: true }),
  }
}
