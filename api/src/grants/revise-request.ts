import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Refusal, type StoredEvent, toFields } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { clausesOf, consider } from './consider.ts'
import { refusedBefore, refusedUntil } from './council-refused.ts'
import type { AccessRequest, Grants, RequestResult } from './grants.ts'
import { revisionInput } from './read-use.ts'
import { createRenewals } from './renew-access.ts'
import { follow, namesOneself, type RequestDeps, unfinished } from './request-access.ts'
import { type Asked, partiesOf, settledIn, settlesField, toldOf, votable } from './votable.ts'

/** Only what was returned is handed in again: nobody may change what others are reading. */
const notReturned = async (
  { governance }: RequestDeps,
  request: AccessRequest,
): Promise<Refusal | null> => {
  const votes = await Promise.all(
    request.asked.map(({ proposal }) => governance.proposal(proposal)),
  )
  const isReturned = votes.some((one) => one?.stage === 'deliberation' && one.returned)
  if (isReturned && votes.some((one) => one?.stage !== 'deliberation')) {
    const message =
      'Another council votes on it as it is. Withdraw this request and ask anew with other words.'
    return refuse('VOTE_OPEN', message)
  }
  if (isReturned && !request.pending) return null
  return refuse('NOT_RETURNED', 'Only a request that was returned to you can be handed in again.')
}

/** What a vote could not change is told and not recorded. */
const unvotable = async (deps: RequestDeps, asked: Asked): Promise<Refusal | null> => {
  const { decision, reasons } = asked.considered
  if (decision.decision === 'deny') {
    const clauses = clausesOf(decision).join(', ')
    const message = `The licence does not allow this use (${clauses}).`
    return refuse('NOT_PERMITTED', message, { field: 'use', reasons })
  }
  if (decision.decision === 'permit') {
    const message = 'The licence permits this by itself: withdraw this request and ask anew.'
    return refuse('NO_VOTE_NEEDED', message, { field: 'use' })
  }
  return (
    namesOneself(asked.actor, asked.input.team) ?? unfinished(asked) ?? (await votable(deps, asked))
  )
}

/** Other words may be for other councils to decide. */
const otherCouncils = async (
  deps: RequestDeps,
  { councils }: AccessRequest,
  asked: Asked,
): Promise<Refusal | null> => {
  const wanted = (await partiesOf(deps, asked))?.councils ?? []
  const same = wanted.length === councils.length && wanted.every((one) => councils.includes(one))
  const message = 'This is for other councils to decide: withdraw this request and ask anew.'
  return same ? null : refuse('OTHER_COUNCILS', message, { field: 'use' })
}

const record = async (
  deps: RequestDeps,
  { id, dataset, version }: AccessRequest,
  asked: Asked,
): Promise<StoredEvent> => {
  // Other words may be for other clauses.
  const settles = await settledIn(deps, asked, await partiesOf(deps, asked))
  return deps.log.append({
    stream: `request/${id}`,
    type: 'request.revised',
    cmd: asked.cmd,
    data: {
      request: id,
      dataset,
      version,
      purposes: asked.input.use.purposes,
      actions: asked.input.use.actions,
      duties: asked.input.acceptedDuties,
      places: asked.input.team.length,
      ...toldOf(asked),
      ...toFields(settlesField(settles)),
    },
    secret: {
      facts: toFields(asked.input.facts),
      project: asked.input.project,
      days: asked.input.days,
      team: asked.input.team,
    },
  })
}

/** Hands a returned request in again: what was asked before stays readable beside it. */
const reviseRequest = async (
  deps: RequestDeps,
  actor: Actor,
  raw: unknown,
): Promise<RequestResult> => {
  const read = parse(revisionInput, raw)
  if (!read.ok) return read
  const found = await deps.store.request(read.value.request)
  if (!found || found.account !== actor.account.id) return notFound('request')
  const barred = await notReturned(deps, found)
  if (barred) return barred
  const { dataset, version } = found
  const input = { ...read.value, dataset, version }
  const considered = await consider(deps, actor, input)
  if (!considered) return notFound('dataset')
  const asked: Asked = { actor, input, considered, cmd: newId('x') }
  const refused = (await unvotable(deps, asked)) ?? (await otherCouncils(deps, found, asked))
  if (refused) return refused
  await record(deps, found, asked)
  const request = await deps.store.request(found.id)
  return request ? follow(deps, request) : notFound('request')
}

/** What can follow a request that was returned, refused or granted. */
export const createAskAgain = (
  deps: RequestDeps,
): Pick<
  Grants,
  'reviseRequest' | 'askAgainAt' | 'refusedBefore' | 'renewAccess' | 'pendingRenewal'
> => ({
  ...createRenewals(deps),
  refusedBefore: (request) => refusedBefore(deps, request),
  reviseRequest: (actor, input) => reviseRequest(deps, actor, input),
  askAgainAt: async (request) => {
    const until = await refusedUntil(deps, request)
    return until !== null && deps.log.now() < until ? until : null
  },
})
