import {
  type Action,
  type Facts,
  factsUnder,
  type Licence,
  type Narrowing,
  narrowing,
  type Purpose,
  type Use,
} from '../../../policies/index.ts'
import { votedFor } from './answers-to.ts'
import { collectFacts, type FactsDeps } from './facts.ts'
import type { Grant } from './grants.ts'
import { settledAt, settledBy, settledOver } from './settled.ts'
import type { CustodianTerms } from './terms.ts'

/** What a grant allows, as the kernel asks it. */
export const useOf = ({ actions, purposes }: Pick<Grant, 'actions' | 'purposes'>): Use => ({
  actions: actions as readonly Action[],
  purposes: purposes as readonly Purpose[],
})

/** Whose grants over what something was made from count for whoever uses this one. */
const holdersOf = ({ account, inTeamOf = null }: Grant) => [account, inTeamOf]

interface HeldQuestion {
  readonly grant: Grant
  readonly whose: { readonly dataset: string; readonly community: string }
  readonly held?: readonly Grant[] | undefined
  readonly now: number
}

/** What is known now of whoever holds a grant, towards one custodian; who voted for it has decided. */
export const factsAt = (
  deps: FactsDeps,
  { grant, whose: { dataset, community }, held, now }: HeldQuestion,
): Promise<Facts> => {
  const isOrigin = dataset !== grant.dataset
  const use = useOf(grant)
  return collectFacts(deps, {
    account: grant.account,
    community,
    declared: grant.facts,
    acceptedDuties: grant.duties.map(({ kind }) => kind),
    ...(votedFor(grant).includes(community) ? { councilApproval: 'approved' } : {}),
    ...(isOrigin
      ? {
          origin: { dataset, use, by: holdersOf(grant) },
          asking: { dataset, community, purposes: use.purposes },
        }
      : {}),
    ...(held ? { grants: held } : {}),
    now,
  })
}

/** The facts as they count under one licence of a custodian. */
export type FactsUnder = (licence: Licence) => Facts

/** The same, licence by licence: what was settled by a vote counts under that very version alone. */
export const factsHeld = async (
  deps: FactsDeps,
  question: HeldQuestion & { readonly whose: CustodianTerms },
): Promise<FactsUnder> => {
  const { grant, whose, now } = question
  const facts = await factsAt(deps, question)
  const use = useOf(grant)
  const origin = { dataset: whose.dataset, use, by: holdersOf(grant) }
  const over = whose.dataset === grant.dataset ? [] : await approvals(deps, question)
  const settled = settledAt(whose, [...settledBy(grant), ...settledOver(over, origin, now)], {
    facts,
    use,
  })
  return (licence) => factsUnder({ facts, settled }, licence)
}

/** Grants that may speak for what something was made from. */
const approvals = async (
  { store }: FactsDeps,
  { grant, held }: HeldQuestion,
): Promise<readonly Grant[]> =>
  held ?? (grant.account === null ? [] : store.grantsUsedBy(grant.account))

/** What a newer version of its licence means for a grant, decided by that version itself. */
export const narrowingFor = (newer: Licence, grant: Grant, facts: Facts, now: number): Narrowing =>
  narrowing(newer, { facts, use: useOf(grant), duties: grant.duties }, now)
