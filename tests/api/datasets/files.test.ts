import { chmod, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { openFiles } from '../../../api/src/storage/files.ts'
import { blobStoreContract } from '../../support/blob-store-contract.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'blobs-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const blobIn = (dir: string, sha256: string) => join(dir, sha256.slice(0, 2), sha256.slice(2))

blobStoreContract('folder', async () => {
  const dir = await mkdtemp(join(root, 'store-'))
  return {
    files: await openFiles({ dir }),
    reopen: () => openFiles({ dir }),
    damage: async (sha256, bytes) => {
      await chmod(blobIn(dir, sha256), 0o600)
      await writeFile(blobIn(dir, sha256), bytes)
    },
    lose: (sha256) => rm(blobIn(dir, sha256)),
    fileWith: async (bytes) => {
      const path = join(await mkdtemp(join(root, 'sent-')), 'file')
      await writeFile(path, bytes)
      return path
    },
    leftovers: async () => (await readdir(join(dir, 'incoming'))).length,
    interrupt: () => writeFile(join(dir, 'incoming', 'b_halfway'), 'ab'),
    interruptRemoval: (sha256) => rename(blobIn(dir, sha256), join(dir, 'leaving', sha256)),
  }
})
