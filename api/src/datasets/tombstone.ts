import { type Dataset, isListed, isTombstone, type Version } from './dataset.ts'
import type { Datasets } from './datasets.ts'

/** What is gone of what everybody could see. */
export interface Tombstone {
  readonly dataset: Dataset
  /** null: the dataset as a whole. */
  readonly version: string | null
  /** `withdrawal`: whoever gave it has taken all of it back. */
  readonly cause: 'takedown' | 'withdrawal'
  /** Epoch ms, or null where it came about in several steps. */
  readonly at: number | null
  readonly proposal: string | null
  readonly entry: number | null
}

type Reads = Pick<Datasets, 'dataset' | 'version' | 'withdrawnFrom' | 'manifest'>

const emptied = async (datasets: Reads, version: Version): Promise<boolean> => {
  const manifest = await datasets.manifest(version.manifestDigest)
  const files = manifest?.files ?? []
  if (files.length === 0) return false
  const withdrawn = await datasets.withdrawnFrom(version)
  return files.every(({ sha256 }) => withdrawn.has(sha256))
}

/**
 * The tombstone at the address of a dataset or, with a number, of one of its versions. null: it
 * stands, it never was, or it was never there for everybody, which is answered alike.
 */
export const tombstoneOf = async (
  datasets: Reads,
  id: string,
  number: string | null,
): Promise<Tombstone | null> => {
  const dataset = await datasets.dataset(id)
  if (!dataset) return null
  const version = number === null ? null : await datasets.version(id, number)
  // A number that was never published is nothing to anybody.
  if (number !== null && typeof version?.publishedAt !== 'number') return null
  if (isTombstone(dataset)) {
    const { takenDownAt = null, takenDownBy = null, suspension } = dataset
    const entry = suspension?.entry ?? null
    return {
      dataset,
      version: number,
      cause: 'takedown',
      at: takenDownAt,
      proposal: takenDownBy,
      entry,
    }
  }
  if (!version || !isListed(dataset) || !(await emptied(datasets, version))) return null
  return { dataset, version: number, cause: 'withdrawal', at: null, proposal: null, entry: null }
}
