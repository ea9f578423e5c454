import { type Connection, Schema } from 'mongoose'
import type { DelegationRecord } from '../grants/delegation.ts'
import type { GrantStore } from '../grants/store.ts'
import { type Identified, table, value } from './table.ts'

const delegation = new Schema(
  {
    _id: String,
    community: { type: String, index: true },
    proposal: String,
    enacted: Number,
    scope: {
      purposes: [String],
      actions: [String],
      actorKinds: { type: [String], default: undefined },
      datasets: { type: [String], default: undefined },
      territories: { type: [String], default: undefined },
      commercialTie: String,
      longestDays: Number,
      largestTeam: Number,
    },
    charter: String,
    licences: [String],
    from: Number,
    until: Number,
    pausedAt: Number,
    endedAt: Number,
    endedBy: String,
    pausedBy: String,
    overruled: [String],
    used: Number,
    uses: [
      { _id: false, request: String, dataset: String, version: String, at: Number, entry: Number },
    ],
    entry: Number,
  },
  { versionKey: false, minimize: false },
)

/** Standing decisions: the part of what grants read that is about them. */
export const createDelegationStore = async (
  connection: Connection,
): Promise<Pick<GrantStore, 'delegation' | 'delegationsOf'>> => {
  const delegations = await table<Identified<DelegationRecord>>(
    connection,
    'delegations',
    delegation,
  )
  return {
    delegation: async (id) => {
      const found = await delegations.findById(id).lean()
      return found && value(found)
    },
    delegationsOf: async (community) =>
      (await delegations.find({ community }).sort({ entry: -1 }).lean()).map(value),
  }
}
