import type { Context } from '../context.ts'
import { seatOf } from '../datasets/who-may.ts'
import type { Proposal } from '../governance/governance.ts'
import type { Grant } from './grants.ts'
import { placeFor } from './team.ts'

/** Whether the one who looks holds it. */
export const isHolder = ({ account }: Pick<Grant, 'account'>, { actor }: Context): boolean =>
  actor !== null && account === actor.account.id

/** The requester, and members of the community that decides, see what was declared. */
export const mayRead = async (
  about: { readonly account: string | null; readonly dataset: string },
  context: Context,
): Promise<boolean> => {
  if (!context.actor) return false
  if (about.account === context.actor.account.id) return true
  const dataset = await context.datasets.dataset(about.dataset)
  const seat = dataset && (await seatOf(context.people, dataset, context.actor))
  return (seat?.bodies.length ?? 0) > 0
}

/** Besides, whoever is in the team of a grant or was named for it. */
export const mayReadGrant = async (one: Grant, context: Context): Promise<boolean> =>
  (context.actor !== null && placeFor(one, context.actor.account) !== null) || mayRead(one, context)

/** Who decides on letting somebody off reads what it is about, though another community gave it. */
export const isAsked = async (
  proposal: Proposal,
  one: Grant,
  context: Context,
): Promise<boolean> => {
  const { actor, datasets, governance } = context
  const dataset = await datasets.dataset(one.dataset)
  const inside = await governance.isInside(proposal, actor?.account.id ?? null)
  return dataset !== null && inside && datasets.visibleTo(dataset, actor)
}
