import type { Services } from './context.ts'
import { createMining, type Mining } from './datasets/mining.ts'
import type { LiveReads } from './live-reads.ts'

/** What may be mined, asked of what stands now: of the same datasets that the door asks. */
export const miningOf = (
  { datasets, licences }: Pick<Services, 'datasets' | 'licences'>,
  live: LiveReads,
  now: () => number,
): Mining => {
  const mining = createMining({
    datasets,
    licences: { ...licences, newerThan: live.read(['licences'], licences.newerThan) },
  })
  return { ...mining, of: live.atOnce(now, mining.of, (id, version) => [id, version]) }
}
