import { reservesMining } from '../../../policies/index.ts'
import type { Licences } from '../licences/licences.ts'
import { type Dataset, isListed, type Version, versionKey } from './dataset.ts'
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
  readonly datasets: Pick<Datasets, 'dataset' | 'version' | 'versionsOf' | 'lineage' | 'search'>
  readonly licences: Pick<Licences, 'licencesByDigest' | 'newerThan' | 'parsed'>
}

/** The catch-all of the file speaks for what is beyond. */
export const MOST_RESERVATIONS = 1000
const PAGE = 100

type Terms = Pick<Reservation, 'licence' | 'reserved'>

/** What the newest version of a licence says: it reaches what is in use. */
const saysOf = async ({ licences }: MiningDeps, digest: string): Promise<Terms> => {
  const newer = await licences.newerThan(digest)
  const record = newer ?? (await licences.licencesByDigest([digest]))[0]
  const licence = record && licences.parsed(record)
  // A licence nobody can read permits nothing.
  return { licence: record?.digest ?? digest, reserved: !licence || reservesMining(licence) }
}

/** Whoever keeps it, too, and what it was made from may reserve what it does not: then it is reserved, by that licence. */
const termsOf = async (
  { datasets }: MiningDeps,
  version: Version,
  says: (digest: string) => Promise<Terms>,
): Promise<Terms> => {
  const own = await says(version.licence)
  if (own.reserved) return own
  const line = version.parents.length === 0 ? [version] : await datasets.lineage(version)
  const kept = await Promise.all(line.map((one) => datasets.dataset(one.dataset)))
  const others = kept.flatMap((one) => one?.custody.others.map(({ licence }) => licence) ?? [])
  const said = await Promise.all([...line.map(({ licence }) => licence), ...others].map(says))
  return said.find(({ reserved }) => reserved) ?? own
}

/** Asks each licence once. */
const asking = (deps: MiningDeps) => {
  const asked = new Map<string, Promise<Terms>>()
  return (digest: string): Promise<Terms> => {
    const known = asked.get(digest) ?? saysOf(deps, digest)
    asked.set(digest, known)
    return known
  }
}

export const createMining = (deps: MiningDeps): Mining => ({
  of: async (id, version) => {
    const dataset = await deps.datasets.dataset(id)
    if (!dataset || !isListed(dataset)) return null
    const found = await deps.datasets.version(id, version)
    return found && { dataset: id, ...(await termsOf(deps, found, asking(deps))) }
  },
  listed: async (now) => {
    const found: Dataset[] = []
    let after: string | null = null
    do {
      const page = await deps.datasets.search({ sort: 'newest', first: PAGE, after }, now)
      found.push(...page.nodes)
      after = page.hasNextPage ? page.endCursor : null
    } while (after !== null && found.length < MOST_RESERVATIONS)
    const all = await deps.datasets.versionsOf(found.map(({ id }) => id))
    const byName = new Map(all.map((one) => [versionKey(one.dataset, one.version), one]))
    const newest = found.flatMap((one) => byName.get(versionKey(one.id, one.newest ?? '')) ?? [])
    const says = asking(deps)
    return Promise.all(
      newest.map(async (one) => ({ dataset: one.dataset, ...(await termsOf(deps, one, says)) })),
    )
  },
})
