import { z } from 'zod'
import type { Datasets } from '../datasets/datasets.ts'
import { notFound, refuse } from '../errors.ts'
import type { RevokeGrant } from '../governance/effect.ts'
import type { EnactedDecision, Governance, ProposalResult } from '../governance/governance.ts'
import { newId } from '../ids.ts'
import type { Log, StoredEvent } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, People } from '../people/people.ts'
import { seatOver } from './answers-to.ts'
import type { GrantStore } from './store.ts'
import { usersOf } from './team.ts'

export interface RevokeDeps {
  readonly log: Log
  readonly people: People
  readonly datasets: Pick<Datasets, 'dataset'>
  readonly governance: Governance
  readonly store: GrantStore
}

const revocation = z.object({
  grant: z.string(),
  reason: z
    .string()
    .trim()
    .min(1, 'Say why, without naming anybody: these words are public.')
    .max(4000),
  deliberate: z.boolean().nullish(),
})

/** Asks the council to take a grant back. */
export const proposeRevocation = async (
  { people, datasets, governance, store }: RevokeDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(revocation, input)
  if (!read.ok) return read
  const { grant: id, reason, deliberate } = read.value
  const grant = await store.grant(id)
  const member = grant && (await seatOver({ people, datasets }, grant, actor.account.id))
  if (!grant || !member) return notFound('grant')
  if (grant.revokedAt !== null) return refuse('ALREADY_REVOKED', 'This grant has been revoked.')
  return governance.propose({
    community: member.community,
    title: 'Revoke a grant',
    text: reason,
    effect: { kind: 'grant.revoke', grant: id, reason },
    secret: { concerned: usersOf(grant) },
    sponsor: actor,
    open: !deliberate,
    cmd: newId('x'),
  })
}

/** Carries out a revocation: the next request is refused, a running stream is cut. */
export const revoke =
  ({ log, store }: RevokeDeps) =>
  async ({ proposal, effect, effectId }: EnactedDecision<RevokeGrant>): Promise<StoredEvent> => {
    const grant = await store.grant(effect.grant)
    return log.append({
      stream: `grant/${effect.grant}`,
      type: 'grant.revoked',
      cmd: effectId,
      data: { grant: effect.grant, dataset: grant?.dataset ?? '', proposal: proposal.id },
    })
  }
