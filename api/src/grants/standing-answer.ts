import {
  type DelegatedRequest,
  evaluateTerms,
  type Facts,
  withinDelegation,
} from '../../../policies/index.ts'
import { type Dataset, keepersOf } from '../datasets/datasets.ts'
import { refuse } from '../errors.ts'
import { decidersOf } from '../governance/deciders.ts'
import type { Governance } from '../governance/governance.ts'
import type { Decided, Refusal, StoredEvent } from '../log/index.ts'
import type { People } from '../people/people.ts'
import { type DoubtDeps, isDoubted } from './council-refused.ts'
import { type DelegationRecord, delegationIn } from './delegation.ts'
import { attestedFacts } from './facts.ts'
import type { AccessRequest } from './grants.ts'
import { type IssueDeps, issue } from './issue.ts'
import { judgeRequest, useOf } from './judge-request.ts'
import type { Terms } from './terms.ts'

const DAY = 86_400_000

/** The licences by which a community has a say over what is asked for, as they are in force. */
export const ownLicences = (terms: Terms, community: string): DelegatedRequest['licences'] =>
  terms
    .flatMap(({ custodians }) => custodians)
    .filter((one) => one.community === community)
    .map(({ newer, ...voted }) => {
      const { digest, licence } = newer ?? voted
      const { home, region, economyTable } = licence
      return {
        digest,
        ...{ home, region },
        ...(economyTable ? { economyTable } : {}),
      }
    })

/** What the council knows of somebody: what it vouches for, and whether it has ever turned them down. */
export const knownTo = async (
  deps: DoubtDeps & { readonly people: People },
  account: string,
  community: string,
): Promise<Facts> => {
  const facts = attestedFacts(await deps.people.attested(account, community))
  return (await isDoubted(deps, account, community)) ? { ...facts, councilRefused: 'yes' } : facts
}

/** A request as a standing decision looks at it; null where nobody is known to ask. */
const asDelegated = async (
  deps: IssueDeps,
  request: AccessRequest,
  dataset: Dataset,
  now: number,
): Promise<DelegatedRequest | null> => {
  const { account, days, team, renews } = request
  const { id, community } = dataset
  const home = await deps.people.community(community)
  if (!home || account === null) return null
  const { terms, judged } = await judgeRequest(deps, request, { approved: [community], now })
  const facts = await knownTo(deps, account, community)
  const use = useOf(request)
  return {
    keepers: keepersOf(dataset),
    charter: home.charter.digest,
    dataset: id,
    licences: ownLicences(terms, community),
    use,
    facts,
    days,
    team: team.length,
    renews: renews !== null,
    own: false,
    closed: dataset.suspension !== null,
    outcome: evaluateTerms(judged, use, now).decision,
  }
}

/** Does one of these people decide on requests of the class, or have they decided to hand it over? */
export const isOwn = async (
  { people, governance }: Pick<IssueDeps, 'people' | 'governance'>,
  { community, proposal }: Pick<DelegationRecord, 'community' | 'proposal'>,
  accounts: readonly string[],
): Promise<boolean> => {
  const [seats, vote, deciding] = await Promise.all([
    Promise.all(accounts.map((one) => people.memberOf(one, community))),
    governance.proposal(proposal),
    decidersOf(people, { community, matter: 'delegation.grant', frozen: null }),
  ])
  const over = new Set([...deciding, ...Object.keys(vote?.frozen?.roll ?? {})])
  return seats.some((seat) => seat !== null && over.has(seat.id))
}

/** Everybody who would use it, as far as they are known here. */
const accountsIn = async (
  { people }: Pick<IssueDeps, 'people'>,
  { account, team }: AccessRequest,
): Promise<readonly string[]> => {
  const named = await Promise.all(team.map((email) => people.accountByEmail(email)))
  return [account, ...named.map((one) => one?.id)].filter((one) => typeof one === 'string')
}

/** The first standing decision that covers a request, with how it was looked at. */
const coveringOf = async (
  deps: IssueDeps,
  { request, dataset }: { readonly request: AccessRequest; readonly dataset: Dataset },
  now: number,
) => {
  const standing = await deps.store.delegationsOf(dataset.community)
  const seen = standing.length > 0 ? await asDelegated(deps, request, dataset, now) : null
  if (!seen) return null
  const accounts = await accountsIn(deps, request)
  for (const delegation of standing) {
    const asked = { ...seen, own: await isOwn(deps, delegation, accounts) }
    if (withinDelegation(delegation, asked, now).decision === 'permit') return { delegation, asked }
  }
  return null
}

const NOT_COVERED = refuse('NOT_COVERED', 'No standing decision answers this request.')

/** Decided on the history of the standing decision itself: nobody pauses it in between. */
const using =
  (delegation: DelegationRecord, request: AccessRequest, asked: DelegatedRequest, scope: object) =>
  (history: readonly StoredEvent[], now: number): Decided | Refusal => {
    const found = delegationIn(history)
    if (!found || withinDelegation(found, asked, now).decision !== 'permit') return NOT_COVERED
    const { id, community, proposal } = delegation
    const data = { delegation: id, community, proposal, request: request.id, ...scope }
    return { type: 'delegation.used', data }
  }

/**
 * Answers a request under a standing decision of the council, if one covers it: that answer is an
 * event of its own, made before the grant that follows from it. Otherwise nothing is recorded.
 */
const answerByStanding = async (deps: IssueDeps, request: AccessRequest): Promise<boolean> => {
  const now = deps.log.now()
  const dataset = await deps.datasets.dataset(request.dataset)
  const covering = dataset && (await coveringOf(deps, { request, dataset }, now))
  const version = await deps.datasets.version(request.dataset, request.version)
  if (!covering || !version) return false
  const { delegation, asked } = covering
  const { dataset: id, version: number, manifestDigest, licence } = version
  const scope = { dataset: id, version: number, manifestDigest, licence }
  const done = await deps.log.command(
    `delegation/${delegation.id}`,
    `use:${request.id}`,
    using(delegation, request, asked, scope),
  )
  return done.ok
}

/** What was handed over, as it was voted on: whoever names a standing decision cannot make it say more. */
const handedOver = async ({ governance }: { governance: Governance }, found: DelegationRecord) => {
  const decided = await governance.enacted(found.proposal)
  if (decided?.effect.kind === 'delegation.grant' && decided.enactedIdx === found.enacted)
    return decided.effect.scope
  throw new Error(`standing decision ${found.id} does not rest on an enacted vote`)
}

/** Issues what a standing decision has answered: within what was handed over, and once. */
const issueByStanding = async (
  deps: IssueDeps,
  request: AccessRequest,
  standing: NonNullable<AccessRequest['standing']>,
): Promise<StoredEvent> => {
  const { delegation: id, entry, manifestDigest, licence } = standing
  const found = await deps.store.delegation(id)
  if (!found) throw new Error(`request ${request.id} was answered by ${id}, which is not on record`)
  const { purposes, actions, longestDays, largestTeam } = await handedOver(deps, found)
  const issuedAt = deps.log.now()
  const { dataset, version, days } = request
  return issue(deps, {
    renewed: null,
    request,
    bound: {
      ...{ dataset, version, manifestDigest, licence, purposes, actions },
      places: largestTeam,
      expiresBy: issuedAt + Math.min(days, longestDays) * DAY,
    },
    decision: { proposal: found.proposal, entry: found.enacted },
    delegation: { id, entry },
    basis: 'delegation',
    community: found.community,
    issuedAt,
    cmd: `grant:${request.id}`,
  })
}

/**
 * Grants what a standing decision of the council answers; false where none does, or the request is
 * before the council already. Cut off in between, it goes on from the answer that was recorded.
 */
export const grantByStanding = async (
  deps: IssueDeps,
  request: AccessRequest,
): Promise<boolean> => {
  if (request.withdrawn || request.proposal !== null) return false
  if (!request.standing && !(await answerByStanding(deps, request))) return false
  const answered = await deps.store.request(request.id)
  if (!answered?.standing) throw new Error(`the answer to request ${request.id} is not on record`)
  await issueByStanding(deps, answered, answered.standing)
  return true
}
