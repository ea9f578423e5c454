import type { Resolvers } from '../graphql/generated.ts'

/** What of the bytes themselves can be read on pages, each after a decision of its own. */
export const resolvers: Resolvers = {
  FileChange: {
    rows: (change, _, { actor, grants }) => grants.rowsChanged(actor, change),
  },
}
