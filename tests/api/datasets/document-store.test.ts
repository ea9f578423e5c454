import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Documents } from '../../../api/src/datasets/documents.ts'
import { connectStorage, type Storage } from '../../../api/src/storage/connect.ts'
import { createDocumentStore } from '../../../api/src/storage/document-store.ts'

let dir: string
let storage: Storage
let documents: Documents
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'documents-'))
  storage = await connectStorage({ file: join(dir, 'registry.db') })
  documents = await createDocumentStore(storage.connection)
})
afterAll(async () => {
  await storage.close()
  await rm(dir, { recursive: true })
})

describe('stored documents', () => {
  it('have one digest whatever the order of their names', async () => {
    const digest = await documents.put({ b: [1, 'ā'], a: null })
    // RFC 8785: {"a":null,"b":[1,"ā"]}
    expect(digest).toBe('sha256-8d030547c92929c14796ed226efc8f191b7865f64ef07fc40c3c4ebc3995a4f3')
    expect(await documents.put({ a: null, b: [1, 'ā'] })).toBe(digest)
    expect(await documents.get(digest)).toEqual({ a: null, b: [1, 'ā'] })
  })

  it('are not there under another digest', async () => {
    const known = await documents.put({ here: true })
    const unknown = `sha256-${'0'.repeat(64)}`
    expect(await documents.get(unknown)).toBeNull()
    expect([...(await documents.many([known, unknown])).keys()]).toEqual([known])
  })

  it('that were altered behind the registry’s back are refused', async () => {
    const digest = await documents.put({ files: ['a'] })
    const raw = storage.connection.collection<{ _id: string; json: string }>('documents')
    await raw.updateOne({ _id: digest }, { $set: { json: '{"files":["b"]}' } })
    await expect(documents.get(digest)).rejects.toThrow('altered')
    await expect(documents.many([digest])).rejects.toThrow('altered')
  })
})
