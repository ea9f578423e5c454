import { liveUnits, withdrawnUnits } from './contribution.ts'
import type { Manifest, ManifestFile, Version } from './dataset.ts'
import { lineageOf } from './lineage.ts'
import type { DatasetStore } from './store.ts'

/**
 * Blobs of a version that no live contribution vouches for any more. What two people contributed
 * stays as long as one of them leaves it in.
 */
const withdrawnFiles = async (
  store: DatasetStore,
  { dataset, contributions }: Version,
): Promise<ReadonlySet<string>> => {
  // Asked at every download, so it starts with the few that were withdrawn, not with all there are.
  const touched = await store.withdrawn(dataset)
  const withdrawn = touched.filter(({ id }) => contributions.includes(id))
  if (withdrawn.length === 0) return new Set()
  const all = await store.contributions(contributions)
  const kept = new Set(all.flatMap(liveUnits).map(({ sha256 }) => sha256))
  const blobs = withdrawn.flatMap(withdrawnUnits)
  return new Set(blobs.filter((sha256) => !kept.has(sha256)))
}

/** The same for a version and all it was made from: a copy of what was withdrawn there stays here neither. */
export const withdrawnInLine = async (
  store: DatasetStore,
  version: Version,
): Promise<ReadonlySet<string>> => {
  if (version.parents.length === 0) return withdrawnFiles(store, version)
  const line = await lineageOf(store, version)
  const gone = await Promise.all(line.map((one) => withdrawnFiles(store, one)))
  return new Set(gone.flatMap((some) => [...some]))
}

/** The files of a manifest that still leave. */
export const liveOf = (
  manifest: Manifest | null,
  withdrawn: ReadonlySet<string>,
): readonly ManifestFile[] => (manifest?.files ?? []).filter(({ sha256 }) => !withdrawn.has(sha256))
