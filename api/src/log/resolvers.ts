import type { Resolvers } from '../graphql/generated.ts'
import type { StoredEvent } from './event.ts'

const MOST = 100
const SCAN = 2_000

const entry = ({ idx, type, stream, leaf, leafHash }: StoredEvent) => ({
  index: idx,
  type,
  stream,
  day: String((JSON.parse(leaf) as { day?: unknown }).day ?? ''),
  leaf,
  leafHash,
})

export const resolvers: Resolvers = {
  Query: {
    log: async (_, { first, before, type, stream }, { log, verifierKey }) => {
      const size = await log.size()
      const take = Math.min(Math.max(first ?? 20, 1), MOST)
      const entries: ReturnType<typeof entry>[] = []
      let end = Math.min(before ?? size, size)
      const floor = Math.max(0, end - SCAN)
      while (end > floor && entries.length < take) {
        const from = Math.max(floor, end - MOST)
        const page = await log.read(from, end - from)
        const wanted = page.filter(
          (event) => (!type || event.type === type) && (!stream || event.stream === stream),
        )
        entries.push(...wanted.toReversed().map(entry))
        end = from
      }
      return {
        size,
        checkpoint: await log.checkpoint(),
        verifierKey,
        entries: entries.slice(0, take),
      }
    },
  },
}
