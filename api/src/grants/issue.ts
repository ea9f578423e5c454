import { canonicalJson, evaluateTerms, type Use } from '../../../policies/index.ts'
import type { Version } from '../datasets/dataset.ts'
import type { Datasets } from '../datasets/datasets.ts'
import type { Effect } from '../governance/effect.ts'
import type { EnactedDecision, Governance } from '../governance/governance.ts'
import { idFrom, newId } from '../ids.ts'
import { type Log, type StoredEvent, toFields } from '../log/index.ts'
import type { People } from '../people/people.ts'
import { agree, type GrantEffect, partiesOf, settledField } from './agree.ts'
import { votedFor } from './answers-to.ts'
import { type Bound, exceeds } from './exceeds.ts'
import type { AccessRequest, Grant } from './grants.ts'
import { judgeRequest, useOf } from './judge-request.ts'
import { markOf } from './own-copy.ts'
import { settledBy } from './settled.ts'
import type { GrantStore } from './store.ts'
import type { JudgedTerms, ReadTerms } from './terms.ts'
import { grantClaims } from './token.ts'

const DAY = 86_400_000

export interface IssueDeps {
  readonly log: Log
  readonly people: People
  readonly datasets: Datasets
  readonly governance: Governance
  readonly store: GrantStore
  readonly termsOf: ReadTerms
  readonly issuer: string
}

interface Issue {
  readonly request: AccessRequest
  readonly bound: Bound
  readonly decision: Grant['decision']
  readonly basis: Grant['basis']
  /** The standing decision by which it was answered. */
  readonly delegation?: Grant['delegation']
  readonly community: string
  /** Where several communities keep the dataset: whose councils voted for it. */
  readonly approvedBy?: readonly string[]
  /** What the votes have settled that a licence leaves to people. */
  readonly settled?: Grant['settled']
  readonly issuedAt: number
  /** The grant whose place it takes, or null. */
  readonly renewed: Grant | null
  readonly cmd: string
}

/** The first instant from which the dates of the terms no longer permit the use. */
const permittedUntil = (inForce: JudgedTerms, use: Use, from: number, until: number) => {
  for (let at = from; at < until; ) {
    const { decision, nextChangeAt } = evaluateTerms(inForce, use, at)
    if (decision !== 'permit') return at
    at = nextChangeAt ?? until
  }
  return until
}

/** A further term counts from the end of the one before, so that nobody loses days by asking early. */
const startOf = ({ issuedAt, renewed }: Pick<Issue, 'issuedAt' | 'renewed'>): number =>
  renewed?.expiresAt ?? issuedAt

/** Who is named with it; those of the grant it renews keep their place and need not accept again. */
const teamOf = ({ request, renewed, cmd }: Issue) =>
  request.team.map((email, nth) => {
    const kept = renewed?.team.find((place) => place.email === email && place.endedAt === null)
    return {
      id: kept?.id ?? idFrom('t', `${cmd}:${nth}`),
      email,
      kept: kept?.accepted ? kept : null,
    }
  })

const keptIn = (team: ReturnType<typeof teamOf>) =>
  Object.fromEntries(
    team.flatMap(({ id, kept }) => {
      if (!kept) return []
      const { account, facts, accepted } = kept
      return [[id, toFields({ account, facts, accepted })]]
    }),
  )

/** Duties under today's rules, and the last instant: a date in the licence may come sooner. */
const terms = async (deps: IssueDeps, what: Issue) => {
  const { request, issuedAt, renewed } = what
  const use = useOf(request)
  const judging = { approved: votedFor(what), settled: settledBy(what), now: issuedAt }
  const { judged: inForce } = await judgeRequest(deps, request, judging)
  const { duties } = evaluateTerms(inForce, use, issuedAt)
  const until = startOf(what) + request.days * DAY
  const last = permittedUntil(inForce, use, issuedAt, until)
  return {
    // What is not permitted today may be once a duty is met: the door asks each time.
    expiresAt: last > issuedAt ? last : until,
    // Only what was promised: terms that came after the request are for the holder to accept.
    duties: duties
      .filter(({ kind }) => request.duties.includes(kind))
      .map(({ kind, clause, withinDays }) => ({
        ...{ kind, clause, withinDays: withinDays ?? null },
        // Whoever has the data in hand already does not wait for another download.
        ...(renewed?.firstUseAt ? { since: startOf(what) } : {}),
      })),
  }
}

/** What was asked for, as the registry holds it: to be held against what was decided. */
const scopeOf = async ({ datasets }: IssueDeps, request: AccessRequest) => {
  const { dataset, version: number, purposes, actions } = request
  const version = await datasets.version(dataset, number)
  if (!version) throw new Error(`request ${request.id} is for a version that is not published`)
  const { manifestDigest, licence } = version
  return { dataset, version: number, manifestDigest, licence, purposes, actions }
}

/** Records a grant, after a last look that it does not exceed what was decided. */
export const issue = async (deps: IssueDeps, what: Issue): Promise<StoredEvent> => {
  const { request, bound, cmd, renewed, ...rest } = what
  const team = teamOf(what)
  const grant = {
    // Carried out twice, at once or after a crash, it is the same grant.
    grant: idFrom('g', cmd),
    request: request.id,
    ...rest,
    ...(await scopeOf(deps, request)),
    statusIndex: request.entry,
    subject: newId('s'),
    places: team.length,
    // What was told when it was asked for holds, whatever has been decided since.
    ...(request.fingerprint ? { fingerprint: true as const } : {}),
    ...(await terms(deps, what)),
  }
  const beyond = exceeds(grant, bound)
  if (beyond.length > 0) throw new Error(`grant exceeds its decision in ${beyond.join(', ')}`)
  const payload = canonicalJson(grantClaims(grant, deps.issuer))
  return deps.log.append({
    stream: `grant/${grant.grant}`,
    type: 'grant.issued',
    cmd,
    data: {
      ...toFields(grant),
      team: team.map(({ id }) => id),
      ...(renewed ? { renews: renewed.id } : {}),
      payload,
    },
    secret: {
      account: request.account,
      facts: toFields(request.facts),
      ...(request.fingerprint ? { mark: await markOf(deps.store, request, grant.grant) } : {}),
      named: Object.fromEntries(team.map(({ id, email }) => [id, email])),
      ...(renewed ? { kept: keptIn(team) } : {}),
    },
  })
}

const isGrantEffect = (effect: Effect): effect is GrantEffect =>
  effect.kind === 'grant.issue' || effect.kind === 'grant.renew'

const renewedBy = async (
  { store }: IssueDeps,
  { renews }: AccessRequest,
): Promise<Grant | null> => {
  const found = renews === null ? null : await store.grant(renews)
  if (renews !== null && !found)
    throw new Error(`grant ${renews} is to be renewed and is not there`)
  return found
}

/** What was taken back or renewed meanwhile, or would have ended by now, is renewed no more. */
const isTooLate = (renewed: Grant | null, until: number, now: number): boolean =>
  renewed !== null && (renewed.revokedAt !== null || renewed.renewedBy !== null || until <= now)

/** What the council allowed but nobody wants any more: it is written down and binds nobody. */
const decline = (
  { log }: IssueDeps,
  { proposal, effect, effectId }: EnactedDecision<GrantEffect>,
): Promise<StoredEvent> =>
  log.append({
    stream: `request/${effect.request}`,
    type: 'grant.declined',
    cmd: effectId,
    data: { request: effect.request, dataset: effect.dataset, proposal: proposal.id },
  })

/** The decision as governance holds it: whoever hands one in cannot make it say more. */
const onRecord = async (
  { governance }: IssueDeps,
  { proposal: { id }, effectId }: EnactedDecision<GrantEffect>,
): Promise<EnactedDecision<GrantEffect>> => {
  const decided = await governance.enacted(id)
  const effect = decided && isGrantEffect(decided.effect) ? decided.effect : null
  if (decided?.effectId === effectId && effect) return { ...decided, effect }
  throw new Error(`proposal ${id} has not been enacted with the effect ${effectId}`)
}

/** Issues the grant a council has voted for: the only way from a request that needs a vote to bytes. */
const issueByVote =
  (deps: IssueDeps) =>
  async (given: EnactedDecision<GrantEffect>): Promise<StoredEvent> => {
    const decided = await onRecord(deps, given)
    const { proposal, effect, effectId, enactedIdx } = decided
    const request = await deps.store.request(effect.request)
    if (!request) throw new Error(`request ${effect.request} was decided but is not on record`)
    const other = request.grant === null ? null : await deps.store.grant(request.grant)
    if (other && other.decision.proposal !== proposal.id) return decline(deps, decided)
    const issuedAt = deps.log.now()
    const renewed = await renewedBy(deps, request)
    const start = startOf({ issuedAt, renewed })
    if (request.withdrawn || isTooLate(renewed, start + effect.days * DAY, issuedAt))
      return decline(deps, decided)
    const waiting = await agree(deps, decided)
    if (waiting) return waiting
    const { dataset, version, manifestDigest, licence, purposes, actions, days, team = 0 } = effect
    const parties = await partiesOf(deps, request, proposal.community)
    const expiresBy = start + days * DAY
    return issue(deps, {
      renewed,
      request: { ...request, days: Math.min(days, request.days) },
      bound: {
        ...{ dataset, version, manifestDigest, licence, purposes, actions },
        places: team,
        expiresBy,
        settles: effect.settles ?? [],
      },
      decision: { proposal: proposal.id, entry: enactedIdx },
      basis: 'vote',
      ...parties,
      ...settledField(decided, request, votedFor({ basis: 'vote', ...parties })),
      issuedAt,
      // One request brings about one grant, whoever says yes first.
      cmd: effect.jointly?.rule === 'any' ? `grant:${request.id}` : effectId,
    })
  }

/** How what was voted on is issued: as a first grant, or in the place of another. */
export const issueExecutors = (deps: IssueDeps) => ({
  'grant.issue': issueByVote(deps),
  'grant.renew': issueByVote(deps),
})

/** What was voted for, or what is left of it without the units that were taken back since. */
const released = async (
  { datasets }: IssueDeps,
  voted: Pick<Version, 'dataset' | 'version' | 'manifestDigest'>,
  version: Version | null,
) => {
  let fuller = version
  while (fuller?.narrows) fuller = await datasets.version(fuller.dataset, fuller.narrows)
  return fuller?.manifestDigest === voted.manifestDigest && version ? version : voted
}

/** The community whose licence permits by itself: the one that made the dataset, if it does. */
const permittingIn = async (deps: IssueDeps, request: AccessRequest, now: number) => {
  const use = useOf(request)
  const inForce = await judgeRequest(deps, request, { approved: [], now })
  const [own] = inForce.judged
  const nth = own?.custodians.findIndex(
    (one) => evaluateTerms([{ ...own, custodians: [one] }], use, now).decision === 'permit',
  )
  const found = inForce.terms[0]?.custodians[Math.max(0, nth ?? 0)]
  if (!found) throw new Error(`request ${request.id} is for what nobody keeps`)
  return found.community
}

export type IssueByLicence = (request: AccessRequest) => Promise<StoredEvent>

/** Issues what the licence permits by itself, on the council's decision to publish under that licence. */
export const issueByLicence =
  (deps: IssueDeps): IssueByLicence =>
  async (request) => {
    const version = await deps.datasets.version(request.dataset, request.version)
    const decision = version?.proposal ? await deps.governance.enacted(version.proposal) : null
    if (decision?.effect.kind !== 'dataset.publish') {
      throw new Error(`request ${request.id} is for what no enacted decision has published`)
    }
    const {
      dataset,
      version: number,
      manifestDigest,
    } = await released(deps, decision.effect, version)
    const { licence } = decision.effect
    const { purposes, actions, days, team } = request
    const issuedAt = deps.log.now()
    const renewed = await renewedBy(deps, request)
    const expiresBy = startOf({ issuedAt, renewed }) + days * DAY
    return issue(deps, {
      renewed,
      request,
      bound: {
        ...{ dataset, version: number, manifestDigest, licence, purposes, actions },
        places: team.length,
        expiresBy,
      },
      decision: { proposal: decision.proposal.id, entry: decision.enactedIdx },
      basis: 'licence',
      community: await permittingIn(deps, request, issuedAt),
      issuedAt,
      cmd: `grant:${request.id}`,
    })
  }
