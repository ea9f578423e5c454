import {
  type Action,
  type Facts,
  type Licence,
  type Narrowing,
  narrowing,
  type Purpose,
  type Use,
} from '../../../policies/index.ts'
import { votedFor } from './answers-to.ts'
import { collectFacts, type FactsDeps } from './facts.ts'
import type { Grant } from './grants.ts'

/** What a grant allows, as the kernel asks it. */
export const useOf = ({ actions, purposes }: Pick<Grant, 'actions' | 'purposes'>): Use => ({
  actions: actions as readonly Action[],
  purposes: purposes as readonly Purpose[],
})

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
      ? { origin: { dataset, use }, asking: { dataset, community, purposes: use.purposes } }
      : {}),
    ...(held ? { grants: held } : {}),
    now,
  })
}

/** What a newer version of its licence means for a grant, decided by that version itself. */
export const narrowingFor = (newer: Licence, grant: Grant, facts: Facts, now: number): Narrowing =>
  narrowing(newer, { facts, use: useOf(grant), duties: grant.duties }, now)
