import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../api/src/storage/embedded/index.ts'
import type { OpenedStore } from './store-conformance.ts'

/** A fresh directory of this test's own. */
export const temporaryDirectory = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'store-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** The embedded store on a fresh file that goes when the store is closed. */
export const openEmbedded = async (): Promise<OpenedStore> => {
  const directory = temporaryDirectory()
  const database = await startEmbedded({ file: join(directory.path, 'registry.db') })
  return {
    uri: database.uri,
    close: async () => {
      await database.close()
      directory.remove()
    },
  }
}
