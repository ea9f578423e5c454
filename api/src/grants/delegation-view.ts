import { type DelegatedClass, delegationState } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { signInFirst } from '../errors.ts'
import type { GrantDelegation } from '../governance/effect.ts'
import { proposalPayload } from '../governance/resolvers.ts'
import { shown } from '../people/resolvers.ts'
import { sitsOver } from './delegate.ts'
import type { DelegationRecord } from './delegation.ts'

/** What is handed over, as it was voted on. */
export interface HandedOver extends Pick<GrantDelegation, 'scope' | 'licences' | 'until'> {}

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))
const listed = (some: readonly string[] | null | undefined): string[] | null =>
  some ? [...some] : null

const proposalOf = async (id: string, { governance }: Context) => {
  const found = await governance.proposal(id)
  if (!found) throw new Error(`a standing decision of proposal ${id}, which is not there`)
  return found
}

/** Hidden and absent are the same. */
const datasetsOf = async ({ datasets: ids }: DelegatedClass, context: Context) => {
  if (!ids) return null
  const all = await Promise.all(ids.map((id) => context.datasets.dataset(id)))
  const found = all.filter((one) => one !== null)
  const seen = await Promise.all(found.map((one) => context.datasets.visibleTo(one, context.actor)))
  return found.filter((_, nth) => seen[nth])
}

export const delegatedClass = {
  purposes: ({ scope }: HandedOver) => [...scope.purposes],
  actions: ({ scope }: HandedOver) => [...scope.actions],
  actorKinds: ({ scope }: HandedOver) => listed(scope.actorKinds),
  territories: ({ scope }: HandedOver) => listed(scope.territories),
  noCommercialTie: ({ scope }: HandedOver) => scope.commercialTie === 'no',
  longestDays: ({ scope }: HandedOver) => scope.longestDays,
  largestTeam: ({ scope }: HandedOver) => scope.largestTeam,
  datasets: ({ scope }: HandedOver, _: unknown, context: Context) => datasetsOf(scope, context),
  licences: async ({ licences }: HandedOver, _: unknown, context: Context) => [
    ...(await context.licences.licencesByDigest(licences)),
  ],
  until: ({ until }: HandedOver) => iso(until),
}

const charterOf = async (community: string, { people }: Context): Promise<string> =>
  (await people.community(community))?.charter.digest ?? ''

/** Whether whoever looks sits in the body that decides on handing over, and was not overruled in it. */
const mayStop = async (one: DelegationRecord, context: Context): Promise<boolean> => {
  const { actor, people } = context
  const seat = actor ? await people.memberOf(actor.account.id, one.community) : null
  return !one.overruled.includes(seat?.id ?? '') && sitsOver(people, one.community, seat)
}

const stateIn = async (one: DelegationRecord, context: Context) =>
  delegationState(one, await charterOf(one.community, context), context.log.now())

export const delegationFields = {
  scope: (one: DelegationRecord) => one,
  state: (one: DelegationRecord, _: unknown, context: Context) => stateIn(one, context),
  since: ({ from }: DelegationRecord) => iso(from),
  pausedAt: ({ pausedAt }: DelegationRecord) => isoOrNull(pausedAt),
  endedAt: ({ endedAt }: DelegationRecord) => isoOrNull(endedAt),
  proposal: ({ proposal }: DelegationRecord, _: unknown, context: Context) =>
    proposalOf(proposal, context),
  endedBy: ({ endedBy }: DelegationRecord, _: unknown, context: Context) =>
    endedBy === null ? null : proposalOf(endedBy, context),
  uses: ({ uses }: DelegationRecord) =>
    uses.map(({ at, version, entry }) => ({ at: iso(at), version, entry })),
  viewerCanPause: async (one: DelegationRecord, _: unknown, context: Context) => {
    const state = await stateIn(one, context)
    const runs = state === 'inForce' || state === 'charterChanged'
    return runs && (await mayStop(one, context))
  },
}

/** What a proposal is about, where it hands over or takes back. */
export const delegationSubject = {
  delegated: ({ effect }: { readonly effect: { readonly kind: string } }) =>
    isHanding(effect) ? effect : null,
  delegation: (
    { effect }: { readonly effect: { readonly kind: string } },
    _: unknown,
    { grants }: Context,
  ) => (isChanging(effect) ? grants.delegation(effect.delegation) : null),
}

const isHanding = (effect: { readonly kind: string }): effect is GrantDelegation =>
  effect.kind === 'delegation.grant'

const isChanging = (effect: {
  readonly kind: string
}): effect is { readonly kind: string; readonly delegation: string } =>
  effect.kind === 'delegation.end' || effect.kind === 'delegation.resume'

export const answeredByStanding = async (community: string, { grants }: Context) => {
  const all = await grants.delegationsOf(community)
  return all.reduce((sum, { used }) => sum + used, 0)
}

interface Asked {
  readonly input: object
}

/** What is done about standing decisions. */
export const delegationMutations = {
  proposeDelegation: async (_: unknown, { input }: Asked, { actor, grants }: Context) =>
    proposalPayload(actor ? await grants.proposeDelegation(actor, input) : signInFirst()),
  proposeDelegationEnd: async (_: unknown, { input }: Asked, { actor, grants }: Context) =>
    proposalPayload(actor ? await grants.proposeDelegationEnd(actor, input) : signInFirst()),
  proposeDelegationResume: async (_: unknown, { input }: Asked, { actor, grants }: Context) =>
    proposalPayload(actor ? await grants.proposeDelegationResume(actor, input) : signInFirst()),
  pauseDelegation: async (
    _: unknown,
    { delegation }: { readonly delegation: string },
    { actor, grants }: Context,
  ) => {
    const result = actor ? await grants.pauseDelegation(actor, delegation) : signInFirst()
    return result.ok ? { delegation: result.delegation } : { refused: shown(result) }
  },
}
