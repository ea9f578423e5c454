import type { CustodyRule } from '../../../policies/index.ts'
import type { LicenceRecord } from '../licences/licences.ts'
import { assembledBy, type Dataset, type Version } from './dataset.ts'

/** What one community says over a version: all of these must permit. */
export interface Custodian {
  readonly dataset: string
  readonly community: string
  /** Digest of the licence its council voted for. */
  readonly licence: string
  /** Digest of the newest version of that licence, when it is another one. */
  readonly newer: string | null
}

/** The terms that one version of a lineage brings with it. */
export interface Binding {
  readonly version: Version
  readonly dataset: Dataset
  /** Whether all custodians must permit, or one is enough. */
  readonly rule: CustodyRule
  readonly custodians: readonly Custodian[]
}

export interface BindingReads {
  readonly dataset: (id: string) => Promise<Dataset | null>
  readonly newerThan: (digest: string) => Promise<LicenceRecord | null>
}

/**
 * The community that assembled it speaks by the licence of the version, for as long as it keeps the
 * dataset or its terms bind; each other one by the licence it brought.
 */
const keeping = (dataset: Dataset, version: Version) => {
  const { community, custody } = dataset
  const own = assembledBy(dataset, version)
  const others = custody.others.filter((one) => one.community !== own)
  const brought = custody.others.find((one) => one.community === own)
  if (own !== community && !brought) return others
  // Taken in anew, it speaks by what it brought then.
  const anew = own !== community && brought?.left === false
  return [{ community: own, licence: anew ? brought.licence : version.licence }, ...others]
}

const bindingOf = async (reads: BindingReads, version: Version): Promise<Binding> => {
  const dataset = await reads.dataset(version.dataset)
  if (!dataset) throw new Error(`dataset ${version.dataset} is named but not on record`)
  const { id, custody } = dataset
  const custodians = await Promise.all(
    keeping(dataset, version).map(async (one) => ({
      dataset: id,
      community: one.community,
      licence: one.licence,
      newer: (await reads.newerThan(one.licence))?.digest ?? null,
    })),
  )
  return { version, dataset, rule: custody.rule, custodians }
}

/**
 * Everything that has a say over the use of a version: what it is under itself, and what each
 * version it was made from is under. A version is used under the licence its council voted for and,
 * beside it, under the newest version of that licence adopted since: what either refuses is refused.
 * Narrowing thus binds at once, while widening does not reach what people gave for less.
 */
export const bindingsOf = (
  reads: BindingReads,
  lineage: readonly Version[],
): Promise<readonly Binding[]> => Promise.all(lineage.map((version) => bindingOf(reads, version)))

/** The digests of all licences in some bindings, each once, the one voted for first. */
export const licencesIn = (bindings: readonly Binding[]): readonly string[] => [
  ...new Set(
    bindings.flatMap(({ custodians }) =>
      custodians.flatMap(({ licence, newer }) => (newer === null ? [licence] : [licence, newer])),
    ),
  ),
]
