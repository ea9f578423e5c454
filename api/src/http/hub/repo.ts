import { type Dataset, type Datasets, keepersOf, type Version } from '../../datasets/datasets.ts'
import type { Actor, Community } from '../../people/people.ts'
import type { PeopleDesk } from '../../people/people-desk.ts'

/** A dataset as the clients of a model hub name it: `community/dataset`, at one revision. */
export interface Repo {
  readonly dataset: Dataset
  readonly community: Community
  /** Communities that keep it beside that one. */
  readonly others?: readonly Community[]
  readonly version: Version
}

export interface RepoDeps {
  readonly datasets: Datasets
  readonly people: Pick<PeopleDesk, 'community' | 'communitiesByIds'>
}

export interface RepoName {
  readonly namespace: string
  readonly name: string
  /** `main`, `HEAD`, a version number with or without `v`, or a commit. */
  readonly revision: string
}

/** Clients keep whatever has exactly 40 hexadecimal digits for good, and nothing else. */
export const commitOf = ({ manifestDigest }: Version): string =>
  manifestDigest.replace(/^sha256-/, '').slice(0, 40)

export const repoId = ({ dataset, community }: Pick<Repo, 'dataset' | 'community'>): string =>
  `${community.slug}/${dataset.id}`

const BRANCHES: readonly string[] = ['main', 'HEAD', 'refs/heads/main']

/** Published versions, newest first. */
export const publishedOf = async (datasets: Datasets, dataset: string): Promise<Version[]> =>
  (await datasets.versionsOf([dataset])).filter(({ publishedAt }) => publishedAt !== null).reverse()

const isRevision = (version: Version, revision: string): boolean =>
  [version.version, `v${version.version}`, commitOf(version)].includes(
    revision.replace(/^refs\/tags\//, ''),
  )

/** What this actor may see under a name; hidden is absent. `revision`: only that part is unknown. */
export const findRepo = async (
  { datasets, people }: RepoDeps,
  actor: Actor | null,
  { namespace, name, revision }: RepoName,
): Promise<Repo | 'repo' | 'revision'> => {
  const dataset = await datasets.dataset(name)
  if (dataset?.newest == null || !(await datasets.visibleTo(dataset, actor))) return 'repo'
  const community = await people.community(dataset.community)
  // The name it was given by the community that made it stays good.
  const maker = dataset.madeBy ? await people.community(dataset.madeBy) : community
  if (!community || ![community.slug, maker?.slug].includes(namespace)) return 'repo'
  const version = BRANCHES.includes(revision)
    ? await datasets.version(dataset.id)
    : (await publishedOf(datasets, dataset.id)).find((one) => isRevision(one, revision))
  const others = await people.communitiesByIds(keepersOf(dataset).slice(1))
  return version ? { dataset, community, others, version } : 'revision'
}
