import type { Contribution, Datasets, Version } from '../datasets/datasets.ts'
import type { Log } from '../log/index.ts'
import { descendantsOf } from './descendants.ts'
import type { Grant } from './grants.ts'
import type { GrantStore } from './store.ts'

/** A file somebody gave, as it was handed over under one grant. */
export interface UsedFile {
  readonly path: string
  /** Uses: what one person has of a version's file on one day (UTC) is one, in however many requests. */
  readonly times: number
  /** Epoch ms of the last one, or null. */
  readonly lastAt: number | null
}

/** A grant on a version that holds what somebody gave, and what was had of it. */
export interface ContributionUse {
  readonly grant: Grant
  readonly files: readonly UsedFile[]
}

interface UsesDeps {
  readonly log: Log
  readonly store: GrantStore
  readonly datasets: Datasets
}

/** Published versions of a dataset and of all that was made from it. */
const familyOf = async (datasets: Datasets, id: string): Promise<readonly Version[]> => {
  const own = await datasets.versionsOf([id])
  const published = own.filter(({ publishedAt }) => publishedAt !== null)
  return [...published, ...(await descendantsOf(datasets, id))]
}

/** Those of some versions that hold one of these blobs, as `dataset version`. */
const holding = async (
  datasets: Datasets,
  versions: readonly Version[],
  blobs: ReadonlySet<string>,
): Promise<ReadonlySet<string>> => {
  const manifests = await datasets.manifests(versions.map(({ manifestDigest }) => manifestDigest))
  const held = versions.filter(({ manifestDigest }) =>
    manifests.get(manifestDigest)?.files.some(({ sha256 }) => blobs.has(sha256)),
  )
  return new Set(held.map(({ dataset, version }) => `${dataset} ${version}`))
}

/**
 * Every grant that was ever issued on a version with a file of this contribution in it, withdrawn
 * since or not, the newest first, and how often each file was handed over under it.
 */
export const usesOf = async (
  { datasets, store, log }: UsesDeps,
  { dataset, files }: Contribution,
): Promise<readonly ContributionUse[]> => {
  const blobs = new Map(files.map(({ sha256, path }) => [sha256, path]))
  const versions = await familyOf(datasets, dataset)
  const held = await holding(datasets, versions, new Set(blobs.keys()))
  const all = await store.grantsOn([...new Set(versions.map((one) => one.dataset))])
  const grants = all.filter((one) => held.has(`${one.dataset} ${one.version}`))
  await log.settled()
  const had = await store.handedOver(
    grants.map(({ id }) => id),
    [...blobs.keys()],
  )
  return grants.map((grant) => ({
    grant,
    files: had
      .filter((one) => one.grant === grant.id)
      .map(({ sha256, times, lastAt }) => ({ path: blobs.get(sha256) ?? '', times, lastAt })),
  }))
}
