import type { Datasets, ManifestFile } from '../datasets/datasets.ts'
import { remember } from './remember.ts'

/** Files kept in memory, over all manifests: some tens of megabytes. */
const MOST_FILES = 100_000

export type FileList = ReadonlyMap<string, ManifestFile>

/** The files of a manifest by path, read once: checking the digest of a large one takes a while. */
export const createManifestReader = (datasets: Pick<Datasets, 'manifest'>): ReadManifest =>
  remember(
    async (digest) => {
      const manifest = await datasets.manifest(digest)
      if (!manifest) throw new Error(`manifest ${digest} is not on record`)
      return new Map(manifest.files.map((file) => [file.path, file]))
    },
    { most: MOST_FILES, weigh: (files) => 1 + files.size },
  )

export type ReadManifest = (digest: string) => Promise<FileList>
