import type { Governance } from '../governance/governance.ts'
import { isUnanswered } from '../governance/is-unanswered.ts'
import { answersTo, votedFor } from './answers-to.ts'
import type { AccessRequest } from './grants.ts'
import type { GrantStore } from './store.ts'

export interface DoubtDeps extends CouncilRefusedDeps {
  readonly store: Pick<GrantStore, 'requestsOf' | 'grantsOf'>
}

export interface CouncilRefusedDeps {
  readonly store: Pick<GrantStore, 'requestsOf'>
  readonly governance: Pick<Governance, 'proposal' | 'view'>
}

export interface Asking {
  readonly dataset: string
  /** Whose council is meant. */
  readonly community: string
  readonly purposes: readonly string[]
}

/** Adding a purpose to what was refused asks for the same and more. */
const covers = (
  asking: Pick<Asking, 'dataset' | 'purposes'>,
  { dataset, purposes }: AccessRequest,
): boolean =>
  dataset === asking.dataset && purposes.every((purpose) => asking.purposes.includes(purpose))

const wasGrantedSince = (refused: AccessRequest, all: readonly AccessRequest[]): boolean =>
  all.some(
    (later) =>
      later.grant !== null && later.submittedAt > refused.submittedAt && covers(later, refused),
  )

/** A no holds until the charter lets the matter be asked again (`retryAfter`, frozen at opening). */
const barredUntil = async (
  { governance }: Pick<CouncilRefusedDeps, 'governance'>,
  id: string,
): Promise<number | null> => {
  const proposal = await governance.proposal(id)
  const view = proposal && governance.view(proposal)
  if (!proposal?.frozen || !view) return null
  // Whoever appeals against a no has not got rid of it by that.
  const heard = view.phase === 'appealed' && !view.tally.pass
  const refused = view.phase === 'rejected' || view.phase === 'vetoed' || heard
  if (!refused || isUnanswered(view)) return null
  return view.closesAt + proposal.frozen.times.retryAfter
}

/** The same for a request: of several councils one no is enough, or it takes the no of all. */
export const refusedUntil = async (
  deps: Pick<CouncilRefusedDeps, 'governance'>,
  { asked, rule, councils }: Pick<AccessRequest, 'asked' | 'rule' | 'councils'>,
): Promise<number | null> => {
  const answers = await Promise.all(asked.map(({ proposal }) => barredUntil(deps, proposal)))
  const noes = answers.filter((until) => until !== null)
  const enough = rule === 'any' ? Math.max(1, councils.length) : 1
  if (noes.length < enough) return null
  return rule === 'any' ? Math.min(...noes) : Math.max(...noes)
}

/** The newest request of the same person for the same dataset to which the council had said no before. */
export const refusedBefore = async (
  deps: CouncilRefusedDeps,
  { id, account, dataset, submittedAt }: AccessRequest,
): Promise<AccessRequest | null> => {
  const all = account === null ? [] : await deps.store.requestsOf(account)
  for (const one of all) {
    const earlier = one.id !== id && one.dataset === dataset && one.submittedAt < submittedAt
    if (earlier && one.grant === null && (await refusedUntil(deps, one)) !== null) return one
  }
  return null
}

const votesOf = ({ asked }: AccessRequest, community: string) =>
  asked.filter((one) => one.community === community)

/**
 * Has the council said no to this person for this use? Withdrawing the request afterwards takes
 * nothing back; an annulled vote or one that nobody answered is no refusal.
 */
export const isCouncilRefused = async (
  deps: CouncilRefusedDeps,
  account: string,
  asking: Asking,
  now: number,
): Promise<boolean> => {
  const all = await deps.store.requestsOf(account)
  const same = all.filter(
    (request) =>
      request.grant === null && covers(asking, request) && !wasGrantedSince(request, all),
  )
  const votes = same.flatMap((request) => votesOf(request, asking.community))
  const answers = await Promise.all(votes.map(({ proposal }) => barredUntil(deps, proposal)))
  return answers.some((until) => until !== null && now < until)
}

const NOES: ReadonlySet<string> = new Set(['rejected', 'vetoed', 'annulled'])

/** When one vote turned against whoever asked: at its close, or just now while an appeal is heard. */
const doubtedAt = async (
  { governance }: Pick<CouncilRefusedDeps, 'governance'>,
  id: string,
): Promise<number | null> => {
  const proposal = await governance.proposal(id)
  const view = proposal && governance.view(proposal)
  if (!view) return null
  if (view.phase === 'appealed') return Number.POSITIVE_INFINITY
  return NOES.has(view.phase) && !isUnanswered(view) ? view.closesAt : null
}

/**
 * Has this council ever turned somebody down, whatever they asked for, or taken back what it had
 * given? Its own yes to them since settles that. It bars nobody from asking: it only tells that
 * nobody should say yes without looking.
 */
export const isDoubted = async (
  deps: DoubtDeps,
  account: string,
  community: string,
): Promise<boolean> => {
  const [all, grants] = await Promise.all([
    deps.store.requestsOf(account),
    deps.store.grantsOf(account),
  ])
  const votes = all.flatMap((request) => votesOf(request, community))
  const against = await Promise.all(votes.map(({ proposal }) => doubtedAt(deps, proposal)))
  const own = grants.filter((grant) => answersTo(grant).includes(community))
  const doubts = [...against, ...own.map(({ revokedAt }) => revokedAt)].filter((at) => at !== null)
  const yes = own.filter((grant) => grant.basis === 'vote' && votedFor(grant).includes(community))
  const settled = Math.max(0, ...yes.map(({ issuedAt }) => issuedAt))
  return doubts.some((at) => at >= settled)
}
