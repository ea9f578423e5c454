import { notFound, refuse } from '../errors.ts'
import type { IssueGrant } from '../governance/effect.ts'
import type { Governance } from '../governance/governance.ts'
import { newId } from '../ids.ts'
import type { Fields, Refusal, StoredEvent } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { answer, type ConsiderDeps, type Considered, consider } from './consider.ts'
import type { AccessRequest, Grant, RequestResult } from './grants.ts'
import type { IssueByLicence } from './issue.ts'
import { type RequestInput, requestInput } from './read-use.ts'

export interface RequestDeps extends ConsiderDeps {
  readonly governance: Governance
  readonly issueByLicence: IssueByLicence
}

const json = (value: unknown): Fields => JSON.parse(JSON.stringify(value))

interface Asked {
  readonly actor: Actor
  readonly input: RequestInput
  readonly considered: Considered
  readonly cmd: string
}

/** The event of a request: what was asked in public, who asked and why in private. */
const record = (
  { log }: RequestDeps,
  { actor, input, considered, cmd }: Asked,
  type: 'request.submitted' | 'request.refused',
  clauses: readonly string[],
): Promise<StoredEvent> => {
  const request = newId('r')
  const { purposes, actions } = input.use
  return log.append({
    stream: `request/${request}`,
    type,
    cmd,
    data: {
      request,
      dataset: considered.dataset.id,
      version: considered.version.version,
      purposes,
      actions,
      duties: input.acceptedDuties,
      decision: considered.decision.decision,
      clauses,
    },
    secret: {
      account: actor.account.id,
      facts: json(input.facts),
      project: input.project,
      days: input.days,
    },
  })
}

const barring = ({ decision }: Considered): readonly string[] => [
  ...new Set([...decision.bars, ...decision.unmet].map(({ clause }) => clause)),
]

/** A denial is a governed fact: it goes into the log with the clauses that made it. */
const deny = async (deps: RequestDeps, asked: Asked): Promise<Refusal> => {
  const { considered } = asked
  await record(deps, asked, 'request.refused', barring(considered))
  return refuse('NOT_PERMITTED', 'The licence does not allow this use.', {
    field: 'use',
    reasons: considered.reasons,
  })
}

/** What the requester can still mend; nothing is recorded for it. */
const unfinished = ({ decision: { needs }, reasons }: Considered): Refusal | null => {
  const [fact] = needs.facts
  if (fact !== undefined) {
    const field = fact === 'purposes' ? 'use.purposes' : `facts.${fact}`
    return refuse('FACTS_MISSING', 'The licence depends on something you have not said yet.', {
      field,
      reasons,
    })
  }
  if (needs.agreement.length === 0) return null
  return refuse('DUTIES_NOT_ACCEPTED', `Accept these duties: ${needs.agreement.join(', ')}.`, {
    field: 'acceptedDuties',
    reasons,
  })
}

const neutralTitle = ({ use }: RequestInput): string =>
  `Access to a dataset for ${use.purposes.join(', ')}`

const askCouncil = async (deps: RequestDeps, asked: Asked): Promise<Refusal | string> => {
  const { input, considered, cmd } = asked
  const event = await record(deps, asked, 'request.submitted', [])
  const request = String(event.data.request)
  const effect: IssueGrant = {
    kind: 'grant.issue',
    request,
    dataset: considered.dataset.id,
    version: considered.version.version,
    manifestDigest: considered.version.manifestDigest,
    licence: considered.version.licence,
    purposes: input.use.purposes,
    actions: input.use.actions,
    duties: input.acceptedDuties,
    days: input.days,
  }
  const proposed = await deps.governance.propose({
    community: considered.dataset.community,
    title: neutralTitle(input),
    text: `Somebody asks to use version ${effect.version} of a dataset (${effect.actions.join(', ')}) for ${effect.purposes.join(', ')}, for ${effect.days} days. If this passes, the registry issues a signed grant that can do no more than that.`,
    effect,
    sponsor: null,
    cmd: `${cmd}:proposal`,
  })
  return proposed.ok ? request : proposed
}

/** With the council's yes, would the licence permit it? Otherwise there is nothing to vote on. */
const votable = async (deps: RequestDeps, { actor, input, considered }: Asked) => {
  const who = {
    account: actor.account.id,
    declared: input.facts,
    acceptedDuties: input.acceptedDuties,
    councilApproval: 'approved',
  } as const
  const approved = await answer(deps, considered, who)
  if (approved.decision.decision === 'permit') return null
  return refuse('NOT_GRANTABLE', 'Even with the council’s yes this could not be granted yet.', {
    reasons: approved.reasons,
  })
}

const done = async (deps: RequestDeps, id: string): Promise<RequestResult> => {
  const request: AccessRequest | null = await deps.store.request(id)
  if (!request) return notFound('request')
  const grant: Grant | null = request.grant ? await deps.store.grant(request.grant) : null
  return { ok: true, request, grant }
}

/** Asks for access: refused with its clauses, granted by the licence, or put before the council. */
export const requestAccess = async (
  deps: RequestDeps,
  actor: Actor,
  raw: unknown,
): Promise<RequestResult> => {
  const read = parse(requestInput, raw)
  if (!read.ok) return read
  const considered = await consider(deps, actor, read.value)
  if (!considered) return notFound('dataset')
  const { key } = read.value
  const cmd = key ? `request:${actor.account.id}:${key}` : newId('x')
  const asked: Asked = { actor, input: read.value, considered, cmd }
  const outcome = considered.decision.decision
  if (outcome === 'deny') return deny(deps, asked)
  if (outcome === 'permit') {
    const event = await record(deps, asked, 'request.submitted', [])
    const request = await deps.store.request(String(event.data.request))
    if (request) await deps.issueByLicence(request, considered.version)
    return done(deps, String(event.data.request))
  }
  const refused = unfinished(considered) ?? (await votable(deps, asked))
  if (refused) return refused
  const result = await askCouncil(deps, asked)
  return typeof result === 'string' ? done(deps, result) : result
}
