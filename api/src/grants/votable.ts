import { onlyPeopleCanSettle } from '../../../policies/index.ts'
import { keepersOf } from '../datasets/datasets.ts'
import { refuse } from '../errors.ts'
import type { Actor } from '../people/people.ts'
import type { AccessRequest } from './access-request.ts'
import { answer, type ConsiderDeps, type Considered, wouldSettle } from './consider.ts'
import type { ExplainedDecision } from './grants.ts'
import type { RequestInput } from './read-use.ts'
import type { SettledClauses } from './settlement.ts'

export interface Asked {
  readonly actor: Actor
  readonly input: RequestInput
  readonly considered: Considered
  readonly cmd: string
  /** The grant for which a further term is asked. */
  readonly renews?: string
}

/** Which councils decide, where several communities keep the dataset. */
export const partiesOf = async (deps: ConsiderDeps, asked: Asked): Promise<Parties | null> => {
  const { dataset, decision } = asked.considered
  const alone = keepersOf(dataset).length === 1
  return alone || decision.decision !== 'refer' ? null : councilsFor(deps, asked)
}

/** Whose councils are asked, and whether all of them must agree. */
type Parties = Pick<AccessRequest, 'councils' | 'rule'>

const whoAsks = ({ actor, input }: Asked, approvals: readonly string[]) => ({
  account: actor.account.id,
  declared: input.facts,
  acceptedDuties: input.acceptedDuties,
  approvals,
})

/** What the terms would say if these councils said yes, each to what its own licence leaves to it. */
const approvedBy =
  (deps: ConsiderDeps, asked: Asked) =>
  async (approvals: readonly string[]): Promise<ExplainedDecision> => {
    const who = whoAsks(asked, approvals)
    const settled = await wouldSettle(deps, asked.considered, who)
    return answer(deps, asked.considered, { ...who, settled })
  }

/** What those who are asked have to settle by their votes. */
export const settledIn = (
  deps: ConsiderDeps,
  asked: Asked,
  parties: Parties | null,
): Promise<readonly SettledClauses[]> => {
  const councils = parties?.councils ?? []
  const { community } = asked.considered.dataset
  const who = whoAsks(asked, councils.length > 0 ? councils : [community])
  return wouldSettle(deps, asked.considered, who)
}

/** What whoever asks is told of the copies they would get; left out where these are whole. */
export const toldOf = ({ considered: { dataset } }: Asked): { readonly fingerprint?: true } =>
  dataset.fingerprint ? { fingerprint: true } : {}

/** As an event and an effect carry it: left out where nothing is left to people. */
export const settlesField = (settles: readonly SettledClauses[]) =>
  settles.length === 0
    ? {}
    : { settles: settles.map((one) => ({ ...one, clauses: [...one.clauses] })) }

/**
 * Whose councils have to be asked: where all must permit, those without whose yes the terms would
 * not; where one is enough, those whose own yes would do.
 */
const councilsFor = async (deps: ConsiderDeps, asked: Asked): Promise<Parties> => {
  const { dataset } = asked.considered
  const keepers = keepersOf(dataset)
  const say = approvedBy(deps, asked)
  const permits = async (approvals: readonly string[]) =>
    (await say(approvals)).decision.decision === 'permit'
  const any = dataset.custody.rule === 'any'
  const alone = await Promise.all(
    keepers.map((one) => permits(any ? [one] : keepers.filter((each) => each !== one))),
  )
  const councils = keepers.filter((_, nth) => alone[nth] === any)
  // None of them alone decides it: then all of them do.
  return councils.length > 0
    ? { councils, rule: dataset.custody.rule }
    : { councils: keepers, rule: 'all' }
}

/** With the council's yes, would the licence permit it? Otherwise there is nothing to vote on. */
export const votable = async (deps: ConsiderDeps, asked: Asked) => {
  const { considered } = asked
  if (considered.decision.decision !== 'refer') return null
  const approved = await approvedBy(deps, asked)(keepersOf(considered.dataset))
  if (approved.decision.decision === 'permit') return null
  const { reasons } = approved
  if (considered.version.parents.length > 0 && approved.decision.needs.council) {
    const message =
      'What this was made from needs a yes of its own council. Ask for access to that dataset first, for the same use.'
    return refuse('PARENT_FIRST', message, { reasons })
  }
  const message = onlyPeopleCanSettle(approved.decision)
    ? 'No vote on one request can settle this: the community would have to say in its licence whether it may be.'
    : 'Even with the council’s yes this could not be granted yet.'
  return refuse('NOT_GRANTABLE', message, { reasons })
}
