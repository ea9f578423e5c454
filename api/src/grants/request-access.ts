import { notFound, refuse } from '../errors.ts'
import type { IssueGrant, RenewGrant } from '../governance/effect.ts'
import type { ProposalRefusal } from '../governance/governance.ts'
import { idFrom, newId } from '../ids.ts'
import { type Refusal, type StoredEvent, toFields } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { type ConsiderDeps, clausesOf, consider } from './consider.ts'
import type { AccessRequest, RequestResult } from './grants.ts'
import type { IssueByLicence } from './issue.ts'
import { requestInput } from './read-use.ts'
import { sayClauses, wordsOf } from './request-words.ts'
import { type Asked, partiesOf, settledIn, settlesField, toldOf, votable } from './votable.ts'

export interface RequestDeps extends ConsiderDeps {
  readonly issueByLicence: IssueByLicence
  /** Grants what a standing decision of the council answers; false where none does. */
  readonly grantByStanding: (request: AccessRequest) => Promise<boolean>
}

/**
 * The event of a request: what was asked in public, who asked and why in private. A denial is a
 * governed fact too, with the clauses that made it.
 */
const record = async (deps: RequestDeps, asked: Asked): Promise<StoredEvent> => {
  const { actor, input, considered, cmd, renews } = asked
  const request = idFrom('r', cmd)
  const { decision } = considered.decision
  const parties = await partiesOf(deps, asked)
  const settles = decision === 'refer' ? await settledIn(deps, asked, parties) : []
  return deps.log.append({
    stream: `request/${request}`,
    type: decision === 'deny' ? 'request.refused' : 'request.submitted',
    cmd,
    data: {
      request,
      dataset: considered.dataset.id,
      version: considered.version.version,
      purposes: input.use.purposes,
      actions: input.use.actions,
      duties: input.acceptedDuties,
      places: input.team.length,
      ...(renews ? { renews } : {}),
      ...toldOf(asked),
      decision,
      clauses: decision === 'deny' ? clausesOf(considered.decision) : [],
      ...parties,
      ...toFields(settlesField(settles)),
    },
    secret: {
      account: actor.account.id,
      facts: toFields(input.facts),
      project: input.project,
      days: input.days,
      team: input.team,
    },
  })
}

/** Nobody is named beside themselves. */
export const namesOneself = ({ account }: Actor, team: readonly string[]): Refusal | null =>
  team.includes(account.email)
    ? refuse('BAD_INPUT', 'Name others only: the grant is yours anyway.', { field: 'team' })
    : null

/** Duties that are all that is missing; a benefit agreement is no duty one can simply accept. */
const unacceptedDuties = ({ input, considered }: Asked): readonly string[] => {
  const { needs } = considered.decision
  if (needs.facts.length > 0 || needs.time !== null) return []
  return needs.agreement.filter((kind) => !input.acceptedDuties.includes(kind))
}

/** What the requester can still mend; nothing is recorded for it. */
export const unfinished = (asked: Asked): Refusal | null => {
  const { decision, reasons } = asked.considered
  const [fact] = decision.decision === 'refer' ? decision.needs.facts : []
  if (fact !== undefined) {
    const field = fact === 'purposes' ? 'use.purposes' : `facts.${fact}`
    const message = 'The licence depends on something you have not said yet.'
    return refuse('FACTS_MISSING', message, { field, reasons })
  }
  const duties = unacceptedDuties(asked)
  if (duties.length === 0) return null
  const message = `Accept these duties: ${duties.join(', ')}.`
  return refuse('DUTIES_NOT_ACCEPTED', message, { field: 'acceptedDuties', reasons })
}

/** Whoever is late with a promise to this community is given nothing more, whatever its licences say. */
const lateElsewhere = ({ considered: { decision, facts } }: Asked): Refusal | null =>
  decision.decision === 'deny' || (facts.overdueDuties ?? 0) === 0
    ? null
    : refuse(
        'DUTIES_OVERDUE',
        'You are late with a promise to this community. Hand it in on your grants’ page first.',
      )

/** What is voted on: the request as it was recorded last. */
const asProposed = async (deps: RequestDeps, request: AccessRequest) => {
  const { dataset: id, version: number, purposes, actions, duties, days, team } = request
  const { settles = [] } = request
  const dataset = await deps.datasets.dataset(id)
  const version = await deps.datasets.version(id, number)
  if (!dataset || !version) throw new Error(`request ${request.id} is about nothing on record`)
  const { manifestDigest, licence } = version
  const about = { dataset: id, version: number, manifestDigest, licence }
  const { councils, rule } = request
  const communities = councils.length > 0 ? councils : [dataset.community]
  const scope: Omit<IssueGrant, 'kind'> = {
    request: request.id,
    ...about,
    purposes,
    actions,
    duties,
    days,
    ...(team.length > 0 ? { team: team.length } : {}),
    ...settlesField(settles),
    ...(request.submissions.length > 0 ? { submission: request.stands.entry } : {}),
    ...(communities.length > 1 ? { jointly: { id: request.id, rule, communities } } : {}),
  }
  const effect: IssueGrant | RenewGrant =
    request.renews === null
      ? { kind: 'grant.issue', ...scope }
      : { kind: 'grant.renew', renews: request.renews, ...scope }
  const clauses = await sayClauses(deps, settles)
  return { communities, ...wordsOf(request, clauses), effect }
}

/** Puts the request before each council that has not got it yet, as it was recorded. */
const askCouncils = async (
  deps: RequestDeps,
  request: AccessRequest,
): Promise<ProposalRefusal | null> => {
  const { communities, ...proposed } = await asProposed(deps, request)
  const before = new Set(request.asked.map(({ community }) => community))
  for (const [nth, community] of communities.entries()) {
    if (before.has(community)) continue
    const cmd = nth === 0 ? `propose:${request.id}` : `propose:${request.id}:${community}`
    const secret = { requester: request.account }
    const made = await deps.governance.propose({
      ...proposed,
      community,
      secret,
      sponsor: null,
      cmd,
    })
    if (!made.ok) return made
  }
  return null
}

/** Puts what was handed in again in place of what the councils had before them. */
const askAnew = async (
  deps: RequestDeps,
  request: AccessRequest,
): Promise<ProposalRefusal | null> => {
  const { communities: _, ...revised } = await asProposed(deps, request)
  for (const [nth, { proposal }] of request.asked.entries()) {
    const cmd = `revise:${request.id}:${request.stands.entry}`
    const made = await deps.governance.revise(proposal, revised, nth === 0 ? cmd : `${cmd}:${nth}`)
    if (!made.ok) return made
  }
  return null
}

/** What the licence permits and what the council has answered beforehand needs no ballot. */
const grantOrAsk = async (
  deps: RequestDeps,
  request: AccessRequest,
): Promise<ProposalRefusal | null> => {
  if (request.decision !== 'permit')
    return (await deps.grantByStanding(request)) ? null : askCouncils(deps, request)
  if (request.proposal === null) await deps.issueByLicence(request)
  return null
}

/** Brings about what follows from a request, and only what has not followed yet. */
export const follow = async (deps: RequestDeps, request: AccessRequest): Promise<RequestResult> => {
  const undecided = request.grant === null ? await grantOrAsk(deps, request) : null
  if (undecided) return undecided
  if (request.pending && request.proposal !== null) {
    const refused = await askAnew(deps, request)
    if (refused) return refused
  }
  const now = (await deps.store.request(request.id)) ?? request
  const grant = now.grant === null ? null : await deps.store.grant(now.grant)
  return { ok: true, request: now, grant }
}

/** Goes on with every request behind which the process ended before a vote or a grant had followed. */
export const followAll = async (deps: RequestDeps): Promise<void> => {
  const faults: unknown[] = []
  for (const request of await deps.store.unfollowed()) {
    // One that cannot go on must not hold up the others.
    await follow(deps, request).catch((error: unknown) => faults.push(error))
  }
  if (faults.length > 0) throw new AggregateError(faults, 'some requests could not go on')
}

/** Puts a request where it belongs: refused for good, granted, or before the council. */
export const ask = async (
  deps: RequestDeps,
  asking: Omit<Asked, 'considered'>,
): Promise<RequestResult> => {
  const { actor, input } = asking
  const considered = await consider(deps, actor, input)
  if (!considered) return notFound('dataset')
  const asked: Asked = { ...asking, considered }
  const refused =
    namesOneself(actor, input.team) ??
    unfinished(asked) ??
    lateElsewhere(asked) ??
    (await votable(deps, asked))
  if (refused) return refused
  // The same key again gives back what was recorded then, whatever the licence would say now.
  const { data } = await record(deps, asked)
  const request = await deps.store.request(String(data.request))
  if (!request) return notFound('request')
  if (!request.refused) return follow(deps, request)
  const { reasons } = considered
  const message = 'The licence does not allow this use.'
  return refuse('NOT_PERMITTED', message, { field: 'use', reasons })
}

/** Asks for access: refused with its clauses, granted by the licence, or put before the council. */
export const requestAccess = async (
  deps: RequestDeps,
  actor: Actor,
  raw: unknown,
): Promise<RequestResult> => {
  const read = parse(requestInput, raw)
  if (!read.ok) return read
  const { key } = read.value
  const cmd = key ? `request:${actor.account.id}:${key}` : newId('x')
  return ask(deps, { actor, input: read.value, cmd })
}
