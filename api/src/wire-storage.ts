import { join } from 'node:path'
import type { EventStore, ProjectionStore } from './log/index.ts'
import { SHAPE } from './projections.ts'
import { connectStorage, type Storage } from './storage/connect.ts'
import { createEventStore } from './storage/event-store.ts'
import { createProjectionStore } from './storage/projection-store.ts'
import type { HouseOptions } from './wire.ts'

/** Read by another edition than made it, a document may lose a vote or a withdrawal without a word. */
export class OtherShapeError extends Error {
  override readonly name = 'OtherShapeError'
  constructor(found: number | null) {
    super(
      `What is stored here was made by another edition of the registry (shape ${found ?? 'unknown'}, this one makes ${SHAPE}). Stop every process that uses it and run "npm run rebuild": it makes all of it anew from the events, and loses nothing.`,
    )
  }
}

/** Rejects unless the stored documents are of this edition; an empty store becomes one of it. */
export const requireShape = async (
  projections: Pick<ProjectionStore, 'shape' | 'setShape'>,
  events: Pick<EventStore, 'last'>,
): Promise<void> => {
  // Before the shape: of two processes that begin together, one may have recorded events already.
  const last = await events.last()
  const found = await projections.shape()
  if (found === SHAPE) return
  if (found !== null || last) throw new OtherShapeError(found)
  await projections.setShape(SHAPE)
}

/** The store of a registry, whose documents this edition can read. */
export const openStorage = async ({
  config,
  onCrash,
}: Pick<HouseOptions, 'config' | 'onCrash'>): Promise<Storage> => {
  const storage = await connectStorage({
    ...(config.mongoUri ? { uri: config.mongoUri } : {}),
    file: join(config.dataDir, 'registry.db'),
    ...(onCrash ? { onCrash } : {}),
  })
  const { connection } = storage
  try {
    await requireShape(createProjectionStore(connection), await createEventStore(connection))
    return storage
  } catch (error) {
    await storage.close()
    throw error
  }
}
