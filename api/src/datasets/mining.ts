import { type Licence, parseLicence, reservesMining } from '../../../policies/index.ts'
import type { LicenceRecord, Licences } from '../licences/licences.ts'
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
  readonly licences: Pick<Licences, 'licencesByDigest'>
}

/** The catch-all of the file speaks for what is beyond. */
export const MOST_RESERVATIONS = 1000
const PAGE = 100
const MOST_REMEMBERED = 1000

/** A licence nobody can read permits nothing. */
const reserves = (licence: Licence | undefined): boolean =>
  licence === undefined || reservesMining(licence)

const read = (record: LicenceRecord | undefined): Licence | undefined => {
  const parsed = parseLicence(record?.document)
  return parsed.ok ? parsed.licence : undefined
}

/** The answers of licences by digest, which never change. */
const createAnswers = ({ licences }: MiningDeps) => {
  const known = new Map<string, boolean>()
  return async (digests: readonly string[]): Promise<ReadonlyMap<string, boolean>> => {
    if (known.size > MOST_REMEMBERED) known.clear()
    const missing = [...new Set(digests)].filter((digest) => !known.has(digest))
    const records = missing.length === 0 ? [] : await licences.licencesByDigest(missing)
    for (const record of records) known.set(record.digest, reserves(read(record)))
    return known
  }
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

export const createMining = (deps: MiningDeps): Mining => {
  const answers = createAnswers(deps)
  const { datasets } = deps
  return {
    of: async (id, version) => {
      const dataset = await datasets.dataset(id)
      if (!dataset || !isListed(dataset)) return null
      const licence = await licenceOf(deps, dataset, version)
      if (licence === null) return null
      return { dataset: id, licence, reserved: (await answers([licence])).get(licence) ?? true }
    },
    listed: async (now) => {
      const found: Dataset[] = []
      let after: string | null = null
      do {
        const page = await datasets.search({ sort: 'newest', first: PAGE, after }, now)
        found.push(...page.nodes)
        after = page.hasNextPage ? page.endCursor : null
      } while (after !== null && found.length < MOST_RESERVATIONS)
      const known = await answers(found.flatMap(({ licence }) => licence ?? []))
      return found.flatMap(({ id, licence }) =>
        licence === null ? [] : [{ dataset: id, licence, reserved: known.get(licence) ?? true }],
      )
    },
  }
}
