import type { Connection } from 'mongoose'
import type { Witnessed, WitnessStore } from '../log/index.ts'
import { isDuplicate } from './table.ts'

/** What was last cosigned of somebody's log: its origin is the key. */
type WitnessedDocument = Witnessed & { readonly _id: string }

/** The collection `witnessed`: one document a log, moved on only from the state that was checked. */
export const createWitnessStore = (connection: Connection): WitnessStore => {
  const witnessed = connection.collection<WitnessedDocument>('witnessed')
  const add = async (origin: string, to: Witnessed): Promise<boolean> => {
    try {
      await witnessed.insertOne({ _id: origin, ...to })
      return true
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  }
  return {
    latest: async (origin) => {
      const found = await witnessed.findOne({ _id: origin })
      return found && { size: found.size, root: found.root }
    },
    advance: async (origin, from, { size, root }) => {
      if (from === null) return add(origin, { size, root })
      const before = { _id: origin, size: from.size, root: from.root }
      const { matchedCount } = await witnessed.updateOne(before, { $set: { size, root } })
      return matchedCount === 1
    },
  }
}
