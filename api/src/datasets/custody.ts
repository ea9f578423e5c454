import type { CustodyRule } from '../../../policies/index.ts'
import { type Fields, type StoredEvent, textIn } from '../log/index.ts'
import { compareVersions, parseVersion } from './semantic-version.ts'

/** A community that was taken in to keep a dataset, or has left its terms behind. */
export interface Keeper {
  readonly community: string
  /** Digest of the licence it brought, as all agreed. */
  readonly licence: string
  /** Log index of the event that says so. */
  readonly entry: number
  /** It has given its place up: it decides nothing any more, while its terms still bind. */
  readonly left: boolean
}

/** Who keeps a dataset together with the community that answers for it first. */
export interface Custody {
  /** Whether all custodians must permit and decide, or one is enough. */
  readonly rule: CustodyRule
  readonly others: readonly Keeper[]
}

export const ALONE: Custody = { rule: 'all', others: [] }

export interface Kept {
  /** The one that answers for it first. */
  readonly community: string
  readonly custody: Custody
}

const without = ({ others }: Custody, community: unknown): readonly Keeper[] =>
  others.filter((one) => one.community !== community)

const joined = (custody: Custody, { data, idx }: StoredEvent): Custody => {
  const community = textIn(data.community)
  const keeper = { community, licence: textIn(data.licence), entry: idx, left: false }
  return {
    rule: data.rule === 'any' ? 'any' : 'all',
    others: [...without(custody, community), keeper],
  }
}

/** The one that made a dataset brought its licence with the versions: it is told as it leaves. */
const staying = ({ others }: Custody, { data, idx }: StoredEvent): readonly Keeper[] => {
  const community = textIn(data.community)
  const licence = textIn(data.licence)
  if (licence !== '' && !others.some((one) => one.community === community))
    return [...others, { community, licence, entry: idx, left: true }]
  return others.map((one) => (one.community === community ? { ...one, left: true } : one))
}

/** Where one yes is enough, a licence that goes permits nothing more; where all must permit, it stays. */
const left = ({ community, custody }: Kept, event: StoredEvent): Kept => {
  const leaving = event.data.community
  const others = custody.rule === 'any' ? without(custody, leaving) : staying(custody, event)
  const heir = others.find((one) => !one.left && one.community !== leaving)
  return {
    community: leaving === community && heir ? heir.community : community,
    custody: { ...custody, others },
  }
}

/** One event more of a dataset, as far as it changes who keeps it. */
export const foldKept = (kept: Kept, event: StoredEvent): Kept => {
  const { custody } = kept
  switch (event.type) {
    case 'custody.joined':
      return { ...kept, custody: joined(custody, event) }
    case 'custody.left':
      return left(kept, event)
    case 'custody.ended':
      return {
        ...kept,
        custody: { ...custody, others: without(custody, event.data.community) },
      }
    default:
      return kept
  }
}

/** What lies in a projected document; a dataset that was never shared has none. */
export const custodyIn = ({ custody }: Fields): Custody =>
  (custody as unknown as Custody | null | undefined) ?? ALONE

/** The communities that decide about a dataset, the one that answers for it first. */
export const keepersOf = ({ community, custody }: Kept): readonly string[] => [
  ...new Set([community, ...custody.others.flatMap((one) => (one.left ? [] : [one.community]))]),
]

/** Who keeps a dataset, from its stream. */
export const keptBy = (history: readonly StoredEvent[]): Kept => {
  const made = history.find(({ type }) => type === 'dataset.created')
  return history.reduce(foldKept, { community: textIn(made?.data.community), custody: ALONE })
}

const compareNumbers = (one: string, other: string): number => {
  const [a, b] = [parseVersion(one), parseVersion(other)]
  return a && b ? compareVersions(a, b) : 0
}

/** What is named with a community that leaves the dataset it answers for first: its terms, and who follows it. */
export const handOver = (
  history: readonly StoredEvent[],
  leaving: string,
): Readonly<Record<string, string>> => {
  const kept = keptBy(history)
  const heir = keepersOf(kept).find((one) => one !== leaving)
  if (kept.community !== leaving || heir === undefined) return {}
  const newest = history
    .filter(({ type }) => type === 'version.published')
    .toSorted((a, b) => compareNumbers(textIn(a.data.version), textIn(b.data.version)))
    .at(-1)
  return { licence: textIn(newest?.data.licence), passesTo: heir }
}
