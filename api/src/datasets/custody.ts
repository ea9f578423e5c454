import type { CustodyRule } from '../../../policies/index.ts'
import { type Fields, type StoredEvent, textIn } from '../log/index.ts'

/** A community that keeps a dataset beside the one that made it. */
export interface Keeper {
  readonly community: string
  /** Digest of the licence it brought, as all agreed. */
  readonly licence: string
  /** Log index of the event that says so. */
  readonly entry: number
  /** It has given its place up: it decides nothing any more, while its terms still bind. */
  readonly left: boolean
}

/** Who keeps a dataset together with the community that made it. */
export interface Custody {
  /** Whether all custodians must permit and decide, or one is enough. */
  readonly rule: CustodyRule
  readonly others: readonly Keeper[]
}

export const ALONE: Custody = { rule: 'all', others: [] }

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

/** Where one yes is enough, a licence that goes permits nothing more; where all must permit, it stays. */
const left = (custody: Custody, { data }: StoredEvent): Custody =>
  custody.rule === 'any'
    ? { ...custody, others: without(custody, data.community) }
    : {
        ...custody,
        others: custody.others.map((one) =>
          one.community === data.community ? { ...one, left: true } : one,
        ),
      }

/** One event more of a dataset, as far as it changes who keeps it. */
export const foldCustody = (custody: Custody, event: StoredEvent): Custody => {
  switch (event.type) {
    case 'custody.joined':
      return joined(custody, event)
    case 'custody.left':
      return left(custody, event)
    case 'custody.ended':
      return { ...custody, others: without(custody, event.data.community) }
    default:
      return custody
  }
}

/** What lies in a projected document; a dataset that was never shared has none. */
export const custodyIn = ({ custody }: Fields): Custody =>
  (custody as unknown as Custody | null | undefined) ?? ALONE

export interface Kept {
  readonly community: string
  readonly custody: Custody
}

/** The communities that decide about a dataset, the one that made it first. */
export const keepersOf = ({ community, custody }: Kept): readonly string[] => [
  community,
  ...custody.others.flatMap((one) => (one.left ? [] : [one.community])),
]

/** Who keeps a dataset, from its stream. */
export const keptBy = (history: readonly StoredEvent[]): Kept => ({
  community: textIn(history.find(({ type }) => type === 'dataset.created')?.data.community),
  custody: history.reduce(foldCustody, ALONE),
})
