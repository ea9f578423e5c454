import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TileStore } from './store.ts'

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

const writeDurably = async (file: string, bytes: Uint8Array): Promise<void> => {
  const handle = await open(file, 'w')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The public files of the log in a folder, as any web server can serve them. */
export const tileFolder = (folder: string): TileStore => {
  let writes = 0
  const made = new Set<string>()

  const makeRoom = async (parent: string): Promise<void> => {
    if (made.has(parent)) return
    await mkdir(parent, { recursive: true })
    made.add(parent)
  }

  return {
    get: async (path) => {
      try {
        return await readFile(join(folder, path))
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    put: async (path, bytes) => {
      const file = join(folder, path)
      // Nobody may ever read half a file, and two processes may write the same one.
      const draft = `${file}.${process.pid}-${writes++}.new`
      await makeRoom(dirname(file))
      await writeDurably(draft, bytes)
      await rename(draft, file)
    },
    remove: async (path) => {
      const target = join(folder, path)
      await rm(target, { recursive: true, force: true })
      made.delete(target)
    },
  }
}
