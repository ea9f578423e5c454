import type { Connection } from 'mongoose'
import type { Checkpoint, CheckpointStore } from '../log/index.ts'
import { isDuplicate } from './table.ts'

/** A checkpoint as it lies in the collection: its size is the key. */
type CheckpointDocument = Omit<Checkpoint, 'size'> & {
  readonly _id: number
  readonly previous: number | null
}

const toCheckpoint = ({ _id, root, note }: CheckpointDocument): Checkpoint => ({
  size: _id,
  root,
  note,
})

/**
 * The collection `checkpoints`. `previous` is unique: of two that would follow the same checkpoint
 * only one is stored, which makes adding a compare-and-set on the last size.
 */
export const createCheckpointStore = async (connection: Connection): Promise<CheckpointStore> => {
  const checkpoints = connection.collection<CheckpointDocument>('checkpoints')
  await checkpoints.createIndex({ previous: 1 }, { unique: true })
  return {
    latest: async () => {
      const [found] = await checkpoints.find().sort({ _id: -1 }).limit(1).toArray()
      return found ? toCheckpoint(found) : null
    },
    all: async () => (await checkpoints.find().sort({ _id: 1 }).toArray()).map(toCheckpoint),
    add: async ({ size, root, note }, previous) => {
      try {
        await checkpoints.insertOne({ _id: size, previous, root, note })
        return true
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },
  }
}
