import type { Governance, Proposal } from '../governance/governance.ts'
import type { Actor, People } from '../people/people.ts'
import type { Dataset } from './dataset.ts'
import { stateOfVoice } from './joint-view.ts'
import type { DatasetStore } from './store.ts'

export interface InvitedDeps {
  readonly people: People
  readonly store: Pick<DatasetStore, 'proposalsAbout' | 'joint'>
  readonly governance: Governance
}

/** Nobody has said no, and somebody is still to say yes. */
const isOpen = async (
  { store, governance }: InvitedDeps,
  { effect }: Proposal,
): Promise<boolean> => {
  const jointly = 'jointly' in effect ? effect.jointly : undefined
  if (!jointly) return false
  const asked = new Map(
    (await store.joint(jointly.id)).map(({ community, proposal }) => [community, proposal]),
  )
  const states = await Promise.all(
    jointly.communities.map(async (community) => {
      const proposal = await governance.proposal(asked.get(community) ?? '')
      return stateOfVoice({ community, proposal }, governance)
    }),
  )
  return states.includes('awaited') && states.every((one) => one === 'awaited' || one === 'agreed')
}

/** Those on the roll of its vote; before it has opened, its council. */
const decidesOn = async (
  { people }: InvitedDeps,
  { community, frozen }: Proposal,
  { account }: Actor,
): Promise<boolean> => {
  const seat = await people.memberOf(account.id, community)
  if (!seat) return false
  return frozen ? Object.hasOwn(frozen.roll, seat.id) : seat.bodies.includes('council')
}

/**
 * Whether somebody has to decide for their community if it will keep this dataset. As long as that is
 * open they see what they decide about, though it is hidden from everybody else.
 */
export const isInvited = async (
  deps: InvitedDeps,
  { id }: Dataset,
  actor: Actor | null,
): Promise<boolean> => {
  if (!actor) return false
  for (const name of await deps.store.proposalsAbout(id, 'dataset.custody')) {
    const proposal = await deps.governance.proposal(name)
    if (proposal?.effect.kind !== 'dataset.custody' || proposal.effect.step !== 'join') continue
    if (proposal.community !== proposal.effect.community) continue
    if ((await decidesOn(deps, proposal, actor)) && (await isOpen(deps, proposal))) return true
  }
  return false
}
