import type { Outcome } from './decision.ts'
import type { Facts, Use } from './facts.ts'
import { type Kleene, NO, UNKNOWN, YES } from './kleene.ts'
import { type TerritoryLists, territoriesOf } from './territory.ts'
import type { Action, ActorKind, Purpose, Territory } from './vocabulary.ts'

const DAY = 86_400_000

/** The longest time, in days, for which a council may hand a class of requests over. */
export const LONGEST_DELEGATION = 365

/** Which requests a council answers yes beforehand. A list that is null leaves its question open to all. */
export interface DelegatedClass {
  /** `unlisted` is never among what was handed over, even where it is named. */
  readonly purposes: readonly Purpose[]
  readonly actions: readonly Action[]
  readonly actorKinds: readonly ActorKind[] | null
  /** Ids of datasets; null: every dataset of the community. */
  readonly datasets: readonly string[] | null
  /** As the licence of the dataset places countries. */
  readonly territories: readonly Territory[] | null
  /** `no`: only who is known to have no commercial tie. */
  readonly commercialTie: 'no' | null
  /** Days a grant may last at the most. */
  readonly longestDays: number
  /** People a grant may name beside its holder. */
  readonly largestTeam: number
}

/** What a council has handed over, as its own events tell it. Times are epoch milliseconds. */
export interface Delegation {
  readonly community: string
  readonly scope: DelegatedClass
  /** Digest of the charter it was voted under. */
  readonly charter: string
  /** Digests of the licence versions that were in force when it was proposed. */
  readonly licences: readonly string[]
  readonly from: number
  /** Exclusive. */
  readonly until: number
  readonly pausedAt: number | null
  readonly endedAt: number | null
}

/** A request as the registry holds it, towards one community. */
export interface DelegatedRequest {
  /** The communities that keep the dataset. */
  readonly keepers: readonly string[]
  /** Digest of the charter in force. */
  readonly charter: string
  readonly dataset: string
  /** The licences of the community that have a say, each as it is in force: digest and country lists. */
  readonly licences: readonly ({ readonly digest: string } & TerritoryLists)[]
  readonly use: Use
  /**
   * What the council itself vouches for: nobody reads what people say of themselves here.
   * `councilRefused`: a council has voted no, or taken back what it gave, and said no yes since.
   */
  readonly facts: Facts
  readonly days: number
  /** People named beside the one who asks. */
  readonly team: number
  /** Whether it asks for a further term of a grant. */
  readonly renews: boolean
  /** Whether anybody who would use it decides on such requests, or has decided to hand them over. */
  readonly own: boolean
  /** The dataset was closed at once, or for good. */
  readonly closed: boolean
  /** What all the terms come to once the council of this community has said yes. */
  readonly outcome: Outcome
}

/** The conditions of a delegation, in the order in which they are told. */
export const DELEGATION_CLAUSES = [
  'ended',
  'paused',
  'term',
  'charter',
  'custody',
  'dataset',
  'open',
  'licence',
  'purposes',
  'actions',
  'actorKind',
  'commercialTie',
  'territory',
  'days',
  'team',
  'renewal',
  'own',
  'refusedBefore',
  'outcome',
] as const
export type DelegationClause = (typeof DELEGATION_CLAUSES)[number]

/** One condition and whether it holds; `unknown` refers as much as `failed` does. */
export interface ClauseAnswer {
  readonly clause: DelegationClause
  readonly state: 'holds' | 'failed' | 'unknown'
}

export interface DelegationAnswer {
  readonly decision: 'permit' | 'refer'
  /** Every condition, in the order of {@link DELEGATION_CLAUSES}. */
  readonly clauses: readonly ClauseAnswer[]
}

type Test = (delegation: Delegation, request: DelegatedRequest, now: number) => Kleene

const kleene = (truth: boolean): Kleene => (truth ? YES : NO)

/** Everything that is asked must be in the list; what was not said is not known. */
const within = (asked: readonly string[], named: readonly string[]): Kleene =>
  asked.length === 0 ? UNKNOWN : kleene(asked.every((one) => named.includes(one)))

/** One fact against a list; a list that is null asks nothing. */
const among = (fact: string | undefined, named: readonly string[] | null): Kleene => {
  if (named === null) return YES
  return fact === undefined ? UNKNOWN : kleene(named.includes(fact))
}

const inTerm: Test = ({ from, until }, _, now) =>
  kleene(now >= from && now < until && until - from <= LONGEST_DELEGATION * DAY)

/** A country lies within when every class it may be in does, under every licence that has a say. */
const inTerritory: Test = ({ scope: { territories } }, { facts, licences }) => {
  if (territories === null) return YES
  const { country } = facts
  if (country === undefined || licences.length === 0) return UNKNOWN
  const classes = licences.map((lists) => territoriesOf(country, lists))
  if (classes.some((some) => some.length === 0)) return UNKNOWN
  const isNamed = (one: Territory) => territories.includes(one)
  if (classes.every((some) => some.every(isNamed))) return YES
  return classes.some((some) => !some.some(isNamed)) ? NO : UNKNOWN
}

/** Whole and not below the least there can be; what is no number is unknown. */
const atMost = (count: number, most: number, least: number): Kleene =>
  Number.isSafeInteger(count) && count >= least ? kleene(count <= most) : UNKNOWN

const OUTCOMES: Readonly<Record<Outcome, Kleene>> = { permit: YES, refer: UNKNOWN, deny: NO }

const TESTS: Readonly<Record<DelegationClause, Test>> = {
  ended: ({ endedAt }) => kleene(endedAt === null),
  paused: ({ pausedAt }) => kleene(pausedAt === null),
  term: inTerm,
  charter: ({ charter }, request) => kleene(request.charter === charter),
  // One council cannot answer for another that keeps the same dataset.
  custody: ({ community }, { keepers }) => kleene(keepers.length === 1 && keepers[0] === community),
  dataset: ({ scope }, { dataset }) =>
    kleene(scope.datasets === null || scope.datasets.includes(dataset)),
  // Who closed it did not know of this request: whoever opens it again decides.
  open: (_, { closed }) => kleene(!closed),
  licence: ({ licences }, request) =>
    within(
      request.licences.map(({ digest }) => digest),
      licences,
    ),
  purposes: ({ scope }, { use }) =>
    within(
      use.purposes,
      scope.purposes.filter((one) => one !== 'unlisted'),
    ),
  actions: ({ scope }, { use }) => within(use.actions, scope.actions),
  actorKind: ({ scope }, { facts }) => among(facts.actorKind, scope.actorKinds),
  commercialTie: ({ scope }, { facts }) =>
    among(facts.commercialTie, scope.commercialTie === null ? null : ['no']),
  territory: inTerritory,
  days: ({ scope }, { days }) => atMost(days, scope.longestDays, 1),
  team: ({ scope }, { team }) => atMost(team, scope.largestTeam, 0),
  renewal: (_, { renews }) => kleene(!renews),
  // Nobody has said yes to themselves beforehand: at a ballot they stand aside.
  own: (_, { own }) => kleene(!own),
  // A no that was voted weighs more than a yes that was given without looking.
  refusedBefore: (_, { facts }) => kleene(facts.councilRefused === undefined),
  outcome: (_, { outcome }) => OUTCOMES[outcome],
}

const SAID: Readonly<Record<Kleene, ClauseAnswer['state']>> = {
  [YES]: 'holds',
  [NO]: 'failed',
  [UNKNOWN]: 'unknown',
}

/**
 * Whether a request falls within what a council has handed over: `permit` when every condition
 * holds, otherwise `refer`, so that the council decides. It never denies, and what is not known
 * refers. The licence is not asked again here: `outcome` is what it says with the council's yes,
 * so a permit never goes beyond it.
 *
 * `now` is epoch milliseconds.
 */
export function withinDelegation(
  delegation: Delegation,
  request: DelegatedRequest,
  now: number,
): DelegationAnswer {
  const clauses = DELEGATION_CLAUSES.map(
    (clause): ClauseAnswer => ({ clause, state: SAID[TESTS[clause](delegation, request, now)] }),
  )
  const all = clauses.every(({ state }) => state === 'holds')
  return { decision: all ? 'permit' : 'refer', clauses }
}

/** The conditions on who uses the data; each person named in a team has to meet them too. */
const PERSONAL: readonly DelegationClause[] = ['actorKind', 'commercialTie', 'territory']

/** Which conditions on a person are not known to be met by one. Empty: they are within the class. */
export function outsideClass(
  scope: DelegatedClass,
  facts: Facts,
  licences: DelegatedRequest['licences'],
): readonly DelegationClause[] {
  const nothing: Delegation = {
    ...{ community: '', scope, charter: '', licences: [] },
    ...{ from: 0, until: 0, pausedAt: null, endedAt: null },
  }
  const asked: DelegatedRequest = {
    ...{ keepers: [], charter: '', dataset: '', use: { actions: [], purposes: [] } },
    ...{ licences, facts, days: 0, team: 0, renews: false, own: false },
    ...{ closed: false, outcome: 'refer' },
  }
  return PERSONAL.filter((clause) => TESTS[clause](nothing, asked, 0) !== YES)
}

export type DelegationState = 'inForce' | 'ended' | 'paused' | 'expired' | 'charterChanged'

/** Where a delegation stands at `now` (epoch ms) under the charter in force. */
export function delegationState(
  { endedAt, pausedAt, until, charter }: Delegation,
  inForce: string,
  now: number,
): DelegationState {
  if (endedAt !== null) return 'ended'
  if (pausedAt !== null) return 'paused'
  if (!(now < until)) return 'expired'
  return charter === inForce ? 'inForce' : 'charterChanged'
}
