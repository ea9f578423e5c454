import type { z } from 'zod'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { shareCommunity } from './answers-to.ts'
import { lateDuties } from './duties.ts'
import { DAY } from './facts.ts'
import type { AccessRequest, Grant, Grants, RequestResult } from './grants.ts'
import { useOf } from './held-terms.ts'
import { declaredFacts, LONGEST, renewalInput } from './read-use.ts'
import { ask, type RequestDeps } from './request-access.ts'
import { isOver } from './team.ts'

/** Whether an answer is awaited from some council that can still make a difference. */
const isAwaited = async (
  { governance }: RequestDeps,
  { asked, councils, rule }: AccessRequest,
): Promise<boolean> => {
  const votes = await Promise.all(asked.map(({ proposal }) => governance.proposal(proposal)))
  const isLost = votes.some((one) => one?.settled && one.enactedIdx === null)
  if (rule === 'all' && isLost) return false
  return votes.length < Math.max(1, councils.length) || votes.some((one) => !one?.settled)
}

/** A request for a further term that nobody has answered for good. */
const pendingRenewal = async (
  deps: RequestDeps,
  { id, account }: Grant,
): Promise<AccessRequest | null> => {
  const all = account === null ? [] : await deps.store.requestsOf(account)
  for (const request of all) {
    if (request.renews !== id || request.grant || request.refused || request.withdrawn) continue
    if (await isAwaited(deps, request)) return request
  }
  return null
}

/** Late with anything that was promised to one of these communities, by whatever grant. */
const isLate = async ({ store }: RequestDeps, grant: Grant, now: number): Promise<boolean> =>
  (grant.account === null ? [] : await store.grantsOf(grant.account)).some(
    (one) => shareCommunity(one, grant) && lateDuties(one, now) > 0,
  )

const unrenewable = async (
  deps: RequestDeps,
  grant: Grant,
  { days, key }: z.output<typeof renewalInput>,
): Promise<Refusal | null> => {
  const now = deps.log.now()
  if (isOver(grant, now)) {
    return refuse(
      'GRANT_OVER',
      'This grant is over, so it cannot be renewed. Ask for access again.',
    )
  }
  if (await isLate(deps, grant, now)) {
    const message =
      'You are late with a promise to this community. Hand it in first; then ask for a further term.'
    return refuse('DUTIES_OVERDUE', message)
  }
  if (grant.expiresAt + days * DAY > now + LONGEST * DAY) {
    const message = 'With this it would last more than five years from today. Ask for fewer days.'
    return refuse('BAD_INPUT', message, { field: 'days' })
  }
  // The same key again is the same request: it is not in its own way.
  if (key || !(await pendingRenewal(deps, grant))) return null
  const message = 'You have asked for a further term already, and it is not decided yet.'
  return refuse('RENEWAL_PENDING', message)
}

const liveTeam = ({ team }: Grant): string[] =>
  team.filter(({ endedAt, email }) => endedAt === null && email !== '').map(({ email }) => email)

/**
 * Asks for a further term of the same use of the same version. It is judged as a request is, and
 * counts from the end of the grant there is; whoever is late with a promise is given none.
 */
const renewAccess = async (
  deps: RequestDeps,
  actor: Actor,
  raw: unknown,
): Promise<RequestResult> => {
  const read = parse(renewalInput, raw)
  if (!read.ok) return read
  const grant = await deps.store.grant(read.value.grant)
  if (!grant || grant.account !== actor.account.id) return notFound('grant')
  const refused = await unrenewable(deps, grant, read.value)
  if (refused) return refused
  const { changes: project, days, acceptedDuties, team, key } = read.value
  const facts = parse(declaredFacts, grant.facts)
  if (!facts.ok) return facts
  const { actions, purposes } = useOf(grant)
  const input = {
    dataset: grant.dataset,
    version: grant.version,
    use: { actions: [...actions], purposes: [...purposes] },
    facts: facts.value,
    acceptedDuties,
    team: team ?? liveTeam(grant),
    ...{ project, days, key },
  }
  const cmd = key ? `renew:${grant.id}:${key}` : newId('x')
  return ask(deps, { actor, input, cmd, renews: grant.id })
}

/** What the holder of a grant can do before it ends. */
export const createRenewals = (
  deps: RequestDeps,
): Pick<Grants, 'renewAccess' | 'pendingRenewal'> => ({
  renewAccess: (actor, input) => renewAccess(deps, actor, input),
  pendingRenewal: (grant) => pendingRenewal(deps, grant),
})
