import type { Contribution } from './contribution.ts'
import type { Dataset } from './dataset.ts'
import type { GoneForGood } from './datasets.ts'
import type { DatasetStore } from './store.ts'

/** The erasures of one contribution: each entry of the log may name several units. */
const erasuresOf = ({ dataset, erased = [] }: Contribution): readonly GoneForGood[] =>
  [...new Set(erased.map(({ entry }) => entry))].map((entry) => {
    const together = erased.filter((one) => one.entry === entry)
    const units = together.map(({ sha256 }) => sha256)
    return { dataset, units, at: together[0]?.at ?? 0, entry }
  })

const takedownOf = ({ id, takenDownAt, suspension }: Dataset): readonly GoneForGood[] =>
  typeof takenDownAt === 'number' && suspension
    ? [{ dataset: id, units: null, at: takenDownAt, entry: suspension.entry }]
    : []

/** Everything that copies elsewhere have to go of, in the order of the log. */
export const goneForGood = async (
  store: Pick<DatasetStore, 'erased' | 'suspended'>,
): Promise<readonly GoneForGood[]> => {
  const [erased, closed] = await Promise.all([store.erased(), store.suspended()])
  return [...erased.flatMap(erasuresOf), ...closed.flatMap(takedownOf)].sort(
    (a, b) => a.entry - b.entry,
  )
}
