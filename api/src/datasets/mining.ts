import { reservesMining } from '../../../policies/index.ts'
import type { Licences } from '../licences/licences.ts'
import { type Dataset, isListed, type Version } from './dataset.ts'
import type { Datasets } from './datasets.ts'

/** What TDMRep asks of a dataset: whether rights to mine it are reserved, and under which licence. */
export interface Reservation {
  readonly dataset: string
  readonly reserved: boolean
  /** Digest. */
  readonly licence: string
}

/** Whether datasets may be mined. A dataset that not everybody may see has no answer. */
export interface Mining {
  /** For one version, or the newest when none is named. */
  of(dataset: string, version: string | null): Promise<Reservation | null>
  /** The newest listed datasets, at most `MOST_RESERVATIONS`. */
  listed(now: number): Promise<readonly Reservation[]>
}

interface MiningDeps {
  readonly datasets: Pick<Datasets, 'dataset' | 'version' | 'search'>
  readonly licences: Pick<Licences, 'licencesByDigest' | 'newerThan' | 'parsed'>
}

/** The catch-all of the file speaks for what is beyond. */
export const MOST_RESERVATIONS = 1000
const PAGE = 100

type Terms = Pick<Reservation, 'licence' | 'reserved'>

/** What the terms in force say: newer ones of the same licence reach what is in use. */
const termsOf = async ({ licences }: MiningDeps, digest: string): Promise<Terms> => {
  const newer = await licences.newerThan(digest)
  const record = newer ?? (await licences.licencesByDigest([digest]))[0]
  const licence = record && licences.parsed(record)
  // A licence nobody can read permits nothing.
  return { licence: record?.digest ?? digest, reserved: !licence || reservesMining(licence) }
}

const licenceOf = async (
  { datasets }: MiningDeps,
  dataset: Dataset,
  version: string | null,
): Promise<string | null> => {
  if (version === null) return dataset.licence
  const found: Version | null = await datasets.version(dataset.id, version)
  return found?.licence ?? null
}

export const createMining = (deps: MiningDeps): Mining => ({
  of: async (id, version) => {
    const dataset = await deps.datasets.dataset(id)
    if (!dataset || !isListed(dataset)) return null
    const digest = await licenceOf(deps, dataset, version)
    return digest === null ? null : { dataset: id, ...(await termsOf(deps, digest)) }
  },
  listed: async (now) => {
    const found: Dataset[] = []
    let after: string | null = null
    do {
      const page = await deps.datasets.search({ sort: 'newest', first: PAGE, after }, now)
      found.push(...page.nodes)
      after = page.hasNextPage ? page.endCursor : null
    } while (after !== null && found.length < MOST_RESERVATIONS)
    const terms = new Map<string, Terms>()
    for (const digest of new Set(found.flatMap(({ licence }) => licence ?? [])))
      terms.set(digest, await termsOf(deps, digest))
    return found.flatMap(({ id, licence }) => {
      const known = terms.get(licence ?? '')
      return known ? [{ dataset: id, ...known }] : []
    })
  },
})
