import type { Dataset, ManifestFile, Version } from '../../datasets/datasets.ts'
import type { Community } from '../../people/people.ts'
import { commitOf, type Repo, repoId } from './repo.ts'

const iso = (at: number | null): string => new Date(at ?? 0).toISOString()

// A pointer file as git-lfs writes it has about this many bytes; no client reads more into it.
const POINTER = 134

const lfs = ({ sha256, size }: ManifestFile) => ({ sha256, size, pointerSize: POINTER })

const cardOf = (dataset: Dataset, licence: string | null, publicUrl: string) => ({
  pretty_name: dataset.title,
  language: [...dataset.languages],
  license: 'other',
  license_name: licence,
  license_link: `${publicUrl}/licences/${licence}.jsonld`,
})

const tagsOf = (
  { languages, keywords, kind }: Dataset,
  keepers: readonly Community[],
): readonly string[] => [
  ...languages.map((tag) => `language:${tag}`),
  `modality:${kind}`,
  ...(keepers.length > 1 ? keepers.map(({ slug }) => `custodian:${slug}`) : []),
  ...keywords,
]

/** A dataset in a list: what the catalogue shows everybody. The one that made it keeps it first. */
export const listed = (
  dataset: Dataset,
  keepers: readonly [Community, ...Community[]],
  publicUrl: string,
) => ({
  _id: dataset.id,
  id: repoId({ dataset, community: keepers[0] }),
  author: keepers[0].slug,
  private: false,
  gated: 'manual' as const,
  disabled: dataset.suspension !== null,
  likes: 0,
  tags: tagsOf(dataset, keepers),
  description: dataset.description,
  createdAt: iso(dataset.createdAt),
  lastModified: iso(dataset.publishedAt),
  cardData: cardOf(dataset, dataset.licence, publicUrl),
})

/** A dataset at one revision, with the names of its files. */
export const described = (
  { dataset, community, others = [], version }: Repo,
  files: readonly ManifestFile[],
  publicUrl: string,
) => ({
  ...listed(dataset, [community, ...others], publicUrl),
  sha: commitOf(version),
  lastModified: iso(version.publishedAt),
  cardData: cardOf(dataset, version.licence, publicUrl),
  siblings: files.map((file) => ({
    rfilename: file.path,
    size: file.size,
    blobId: file.sha256.slice(0, 40),
    lfs: lfs(file),
  })),
})

const fileEntry = (file: ManifestFile) => ({
  type: 'file' as const,
  path: file.path,
  size: file.size,
  oid: file.sha256.slice(0, 40),
  lfs: { oid: file.sha256, size: file.size, pointerSize: POINTER },
})

const folderEntry = (path: string, version: Version) => ({
  type: 'directory' as const,
  path,
  size: 0,
  oid: commitOf(version),
})

export type Entry = ReturnType<typeof fileEntry> | ReturnType<typeof folderEntry>

const foldersUnder = (files: readonly ManifestFile[], prefix: string): readonly string[] => {
  const folders = new Set<string>()
  for (const { path } of files) {
    const names = path.slice(prefix.length).split('/').slice(0, -1)
    for (const [at] of names.entries()) folders.add(prefix + names.slice(0, at + 1).join('/'))
  }
  return [...folders]
}

/** What lies under a folder, `''` for all: folders and files by name, one level or every level. */
export const treeOf = (
  version: Version,
  all: readonly ManifestFile[],
  folder: string,
  recursive: boolean,
): readonly Entry[] => {
  const prefix = folder === '' ? '' : `${folder}/`
  const within = all.filter(({ path }) => path.startsWith(prefix))
  const direct = (path: string): boolean => !path.slice(prefix.length).includes('/')
  const entries: readonly Entry[] = [
    ...foldersUnder(within, prefix).map((path) => folderEntry(path, version)),
    ...within.map(fileEntry),
  ]
  return entries
    .filter(({ path }) => recursive || direct(path))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** The entries at some paths, in the order they were asked for; a path that is not there is left out. */
export const entriesAt = (
  version: Version,
  all: readonly ManifestFile[],
  paths: readonly string[],
): readonly Entry[] => {
  const known = new Map(treeOf(version, all, '', true).map((entry) => [entry.path, entry]))
  return paths.flatMap((path) => known.get(path.replace(/^\/+|\/+$/g, '')) ?? [])
}
