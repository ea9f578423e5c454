import { z } from 'zod'
import { notFound, refuse } from '../errors.ts'
import type { WaiveDuty } from '../governance/effect.ts'
import type { EnactedDecision, Governance, ProposalResult } from '../governance/governance.ts'
import { newId } from '../ids.ts'
import type { Log, StoredEvent } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { answersTo, seatOver } from './answers-to.ts'
import { openDuties } from './duties.ts'
import { type DutyDeps, findDuty } from './report-duty.ts'

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

/** Asks the council to let a holder off a duty; a breach is lifted in no other way. */
export const proposeWaiver = async (
  { log, people, store, governance }: DutyDeps & { readonly governance: Governance },
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(waiver, input)
  if (!read.ok) return read
  const { grant: id, duty: kind, reason, deliberate } = read.value
  const grant = await store.grant(id)
  const member = grant && (await seatOver(people, grant, actor.account.id))
  if (!grant || !member) return notFound('grant')
  const found = findDuty(grant, kind)
  if (!found.ok) return found
  if (!openDuties(grant, log.now()).includes(found.duty)) {
    return refuse('DUTY_SETTLED', 'This duty has been met or waived already.')
  }
  if (answersTo(grant).length > 1) {
    return refuse(
      'JOINT_DUTY',
      'Several communities gave this grant, and no single one can waive its duties. Revoke it and let the holder ask anew.',
    )
  }
  return governance.propose({
    community: grant.community,
    title: 'Waive a duty',
    text: reason,
    effect: { kind: 'duty.waive', grant: id, duty: kind },
    sponsor: actor,
    open: !deliberate,
    cmd: newId('x'),
  })
}

/** Carries out a waiver: the duty is settled, and what it closed is open again. */
export const waive =
  ({ log }: { readonly log: Log }) =>
  ({ proposal, effect, effectId }: EnactedDecision<WaiveDuty>): Promise<StoredEvent> =>
    log.append({
      stream: `grant/${effect.grant}`,
      type: 'duty.waived',
      cmd: effectId,
      data: { grant: effect.grant, kind: effect.duty, proposal: proposal.id },
    })
