import type { Context } from '../context.ts'
import type { Refusal } from '../log/index.ts'
import type { Member } from '../people/people.ts'
import type { Proposal } from './governance.ts'

/** The seat of whoever looks, in the community of a proposal; null without one. */
export const seatIn = async (
  { community }: Pick<Proposal, 'community'>,
  { actor, people }: Context,
): Promise<Member | null> => (actor ? people.memberOf(actor.account.id, community) : null)

/** Whether whoever looks may do something now, and why not. */
export const permission = (refused: Refusal | null) => ({
  allowed: refused === null,
  code: refused?.code ?? null,
  message: refused?.message ?? null,
})
