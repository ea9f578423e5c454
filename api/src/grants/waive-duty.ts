import { z } from 'zod'
import { proposeJointly } from '../datasets/jointly.ts'
import { notFound, refuse } from '../errors.ts'
import type { Jointly, WaiveDuty } from '../governance/effect.ts'
import type { EnactedDecision, Governance, ProposalResult } from '../governance/governance.ts'
import type { Log, StoredEvent } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { seatOver } from './answers-to.ts'
import { openDuties } from './duties.ts'
import { councilsOver } from './duty-councils.ts'
import type { Grant } from './grants.ts'
import { type DutyDeps, findDuty } from './report-duty.ts'
import { usersOf } from './team.ts'
import type { ReadTerms } from './terms.ts'

const waiver = z.object({
  grant: z.string().max(64),
  duty: z.string().max(64),
  reason: z
    .string()
    .trim()
    .min(1, 'Say why, without naming anybody: these words are public.')
    .max(4000),
  deliberate: z.boolean().nullish(),
})

export interface WaiverDeps extends DutyDeps {
  readonly governance: Governance
  readonly termsOf: ReadTerms
}

/** The seat of somebody in one of the councils that can decide, or in another the grant is answered for to. */
const seatFor = async (
  deps: WaiverDeps,
  grant: Grant,
  councils: readonly string[],
  account: string,
) => {
  const deciding = await Promise.all(councils.map((one) => deps.people.memberOf(account, one)))
  return deciding.find((seat) => seat !== null) ?? seatOver(deps, grant, account)
}

/** Asks the councils whose licences ask for a duty to let its holder off; a breach is lifted in no other way. */
export const proposeWaiver = async (
  deps: WaiverDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(waiver, input)
  if (!read.ok) return read
  const { grant: id, duty: kind, reason, deliberate } = read.value
  const grant = await deps.store.grant(id)
  const councils = grant && (await councilsOver(deps, grant, kind))
  const seat = grant && (await seatFor(deps, grant, councils ?? [], actor.account.id))
  if (!grant || !councils || !seat) return notFound('grant')
  const found = findDuty(grant, kind)
  if (!found.ok) return found
  if (!openDuties(grant, deps.log.now()).includes(found.duty)) {
    return refuse('DUTY_SETTLED', 'This duty has been met or waived already.')
  }
  if (!councils.includes(seat.community)) {
    return refuse(
      'OTHER_COUNCIL',
      'The licence of another community asks for this duty. Only its council can let somebody off; ask there.',
    )
  }
  const isJoint = councils.length > 1
  const effect: WaiveDuty = {
    kind: 'duty.waive',
    grant: id,
    duty: kind,
    ...(isJoint ? { dataset: grant.dataset } : {}),
  }
  const by = { home: seat.community, sponsor: actor, open: !deliberate }
  const words = { title: 'Waive a duty', text: reason, secret: { concerned: usersOf(grant) } }
  return proposeJointly(deps, councils, { ...words, effect }, by)
}

/** Carries out a waiver once all councils have agreed: the duty is settled, and what it closed is open again. */
export const waive =
  ({ log }: { readonly log: Log }) =>
  async ({ proposal, effect, effectId }: EnactedDecision<WaiveDuty>): Promise<StoredEvent> => {
    const { grant, duty: kind, jointly } = effect
    const said = { grant, kind, proposal: proposal.id }
    const done = await log.command(`grant/${grant}`, effectId, (history) => {
      if (!jointly || isLastOf(jointly, proposal.community, history))
        return { type: 'duty.waived', data: said }
      return {
        type: 'waiver.agreed',
        data: { ...said, joint: jointly.id, community: proposal.community },
      }
    })
    if (done.ok) return done.event
    throw new Error(`the waiver of proposal ${proposal.id} could not be carried out: ${done.code}`)
  }

const isLastOf = (
  { id, communities }: Jointly,
  community: string,
  history: readonly StoredEvent[],
): boolean => {
  const agreed = history.flatMap(({ type, data }) =>
    type === 'waiver.agreed' && data.joint === id ? [data.community] : [],
  )
  return communities.every((one) => one === community || agreed.includes(one))
}
