import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from 'mongoose'
import type { StoredText } from '../log/check-documents.ts'
import type { CheckpointStore, EventStore, ProjectionStore } from '../log/index.ts'
import { createCheckpointStore } from './checkpoint-store.ts'
import { connectStorage } from './connect.ts'
import { createEventStore } from './event-store.ts'
import { createProjectionStore } from './projection-store.ts'

/** SQLite keeps what is not yet in the main file beside it. */
const PARTS = ['', '-wal']

const copyIfThere = async (from: string, to: string): Promise<void> => {
  try {
    await copyFile(from, to)
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!missing) throw error
  }
}

/** Every document as it lies there. */
export async function* documentsOf(connection: Connection): AsyncGenerator<StoredText, void> {
  const documents = connection.collection<{ _id: string; json: string }>('documents')
  for await (const { _id, json } of documents.find()) yield { digest: _id, text: json }
}

/** Opens a copy of a database file, so that looking at it can neither change nor disturb it. */
export const withStoreCopy = async <T>(
  file: string,
  use: (stores: {
    events: EventStore
    checkpoints: CheckpointStore
    documents: AsyncIterable<StoredText>
    projected: ProjectionStore
  }) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'registry-copy-'))
  try {
    const copy = join(folder, 'registry.db')
    for (const part of PARTS) await copyIfThere(file + part, copy + part)
    const storage = await connectStorage({ file: copy })
    try {
      const events = await createEventStore(storage.connection)
      const checkpoints = await createCheckpointStore(storage.connection)
      return await use({
        events,
        checkpoints,
        documents: documentsOf(storage.connection),
        projected: createProjectionStore(storage.connection),
      })
    } finally {
      await storage.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
