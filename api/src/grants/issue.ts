import { type Action, canonicalJson, evaluate, type Purpose } from '../../../policies/index.ts'
import type { Datasets, Version } from '../datasets/datasets.ts'
import type { IssueGrant } from '../governance/effect.ts'
import type { EnactedDecision, Governance } from '../governance/governance.ts'
import { newId } from '../ids.ts'
import type { Log, StoredEvent } from '../log/index.ts'
import type { People } from '../people/people.ts'
import { collectFacts } from './facts.ts'
import type { AccessRequest, Grant } from './grants.ts'
import type { ReadLicence } from './read-licence.ts'
import type { GrantStore } from './store.ts'
import { grantClaims } from './token.ts'

const DAY = 86_400_000

export interface IssueDeps {
  readonly log: Log
  readonly people: People
  readonly datasets: Datasets
  readonly governance: Governance
  readonly store: GrantStore
  readonly licenceOf: ReadLicence
  readonly issuer: string
}

/** What a grant must never exceed. */
export interface Bound {
  readonly dataset: string
  readonly version: string
  readonly manifestDigest: string
  readonly licence: string
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
  readonly expiresBy: number
}

type Bounded = Pick<
  Grant,
  'dataset' | 'version' | 'manifestDigest' | 'licence' | 'purposes' | 'actions' | 'expiresAt'
>

/** grant ⊑ decision: the fields in which a grant goes beyond what was decided; none is what we want. */
export const exceeds = (grant: Bounded, bound: Bound): readonly string[] => {
  const same = (['dataset', 'version', 'manifestDigest', 'licence'] as const).filter(
    (field) => grant[field] !== bound[field],
  )
  const beyond = (['purposes', 'actions'] as const).filter((field) =>
    grant[field].some((item) => !bound[field].includes(item)),
  )
  return [...same, ...beyond, ...(grant.expiresAt > bound.expiresBy ? ['expiresAt'] : [])]
}

interface Issue {
  readonly request: AccessRequest
  readonly bound: Bound
  readonly decision: Grant['decision']
  readonly basis: Grant['basis']
  readonly community: string
  readonly issuedAt: number
  readonly cmd: string
}

/** Duties and the last instant under today's rules; a date in the licence ends the grant at the latest. */
const terms = async (deps: IssueDeps, { request, bound, basis, community, issuedAt }: Issue) => {
  const licence = await deps.licenceOf(bound.licence)
  const facts = await collectFacts(deps, {
    account: request.account,
    community,
    declared: request.facts,
    acceptedDuties: request.duties,
    ...(basis === 'vote' ? { councilApproval: 'approved' } : {}),
    now: issuedAt,
  })
  const use = { actions: request.actions as Action[], purposes: request.purposes as Purpose[] }
  const { duties, nextChangeAt } = evaluate(licence, facts, use, issuedAt)
  const expiresAt = Math.min(issuedAt + request.days * DAY, nextChangeAt ?? Number.MAX_SAFE_INTEGER)
  return {
    expiresAt,
    duties: duties.map(({ kind, clause, withinDays }) => ({
      kind,
      clause,
      withinDays: withinDays ?? null,
    })),
  }
}

const issue = async (deps: IssueDeps, what: Issue): Promise<StoredEvent> => {
  const { request, bound } = what
  const { duties, expiresAt } = await terms(deps, what)
  const { expiresBy: _, ...scope } = bound
  const grant = {
    grant: newId('g'),
    request: request.id,
    community: what.community,
    ...scope,
    purposes: request.purposes,
    actions: request.actions,
    duties,
    decision: what.decision,
    basis: what.basis,
    subject: newId('s'),
    issuedAt: what.issuedAt,
    expiresAt,
  }
  const beyond = exceeds(grant, bound)
  if (beyond.length > 0) throw new Error(`grant exceeds its decision in ${beyond.join(', ')}`)
  const payload = canonicalJson(grantClaims(grant, deps.issuer))
  return deps.log.append({
    stream: `grant/${grant.grant}`,
    type: 'grant.issued',
    cmd: what.cmd,
    data: { ...JSON.parse(JSON.stringify(grant)), payload },
    secret: { account: request.account, facts: JSON.parse(JSON.stringify(request.facts)) },
  })
}

/** Issues the grant a council has voted for: the only way from a request that needs a vote to bytes. */
export const issueByVote =
  (deps: IssueDeps) =>
  async ({ proposal, effect, effectId, enactedIdx }: EnactedDecision<IssueGrant>) => {
    const request = await deps.store.request(effect.request)
    if (!request) throw new Error(`request ${effect.request} was decided but is not on record`)
    const { kind: _, request: __, duties: ___, days, ...scope } = effect
    const issuedAt = deps.log.now()
    return issue(deps, {
      request: { ...request, days: Math.min(days, request.days) },
      bound: { ...scope, expiresBy: issuedAt + days * DAY },
      decision: { proposal: proposal.id, entry: enactedIdx },
      basis: 'vote',
      community: proposal.community,
      issuedAt,
      cmd: effectId,
    })
  }

export type IssueByLicence = (request: AccessRequest, version: Version) => Promise<StoredEvent>

/** Issues what the licence permits by itself, on the council's decision to publish under that licence. */
export const issueByLicence =
  (deps: IssueDeps): IssueByLicence =>
  async (request, version) => {
    const decision = version.proposal ? await deps.governance.enacted(version.proposal) : null
    if (decision?.effect.kind !== 'dataset.publish') {
      throw new Error(
        `version ${version.version} of ${version.dataset} rests on no enacted decision`,
      )
    }
    const { dataset, version: number, manifestDigest, licence } = decision.effect
    const issuedAt = deps.log.now()
    return issue(deps, {
      request,
      bound: {
        dataset,
        version: number,
        manifestDigest,
        licence,
        purposes: request.purposes,
        actions: request.actions,
        expiresBy: issuedAt + request.days * DAY,
      },
      decision: { proposal: decision.proposal.id, entry: decision.enactedIdx },
      basis: 'licence',
      community: decision.proposal.community,
      issuedAt,
      cmd: `grant:${request.id}`,
    })
  }
