import { APPLICANT } from '../../../policies/index.ts'
import { standsAside } from '../governance/act.ts'
import { decidersOf } from '../governance/deciders.ts'
import { type StoredEvent, textIn } from '../log/index.ts'
import { accountsOf, askedBy, type Hear, type HearDeps, proposalIn, rollOf, tell } from './heard.ts'

/** Those who hear the appeal, those who had voted, and whoever asked: for all of them nothing moves until then. */
export const appealed: Hear = async (deps, event) => {
  const proposal = await proposalIn(deps, event)
  if (!proposal?.frozen) return []
  const { id, community, frozen, sponsor } = proposal
  const hearing = frozen.appealers.filter((one) => !standsAside(proposal, one))
  const concerned = [...hearing, ...rollOf(proposal)].filter((one) => one !== event.secret.by)
  const accounts = await accountsOf(deps, community, concerned)
  const own = event.secret.by === APPLICANT
  const asked = own ? [] : await askedBy(deps, proposal, 'appeal-lodged')
  return [...tell([...accounts, sponsor], 'appeal-lodged', { proposal: id }), ...asked]
}

/** The other stewards vouch for it or do not; whoever was heard at the meeting can still vote themselves. */
export const minuteEntered: Hear = async (deps, event) => {
  const proposal = await proposalIn(deps, event)
  if (!proposal?.frozen) return []
  const { id, community, frozen, minutes } = proposal
  const entered = minutes.find((one) => one.id === textIn(event.data.minute))
  if (!entered) return []
  const others = (frozen.assisted?.stewards ?? []).filter(
    (one) => one !== entered.by && !standsAside(proposal, one),
  )
  const spoken = entered.ballots.map(({ member }) => member)
  const about = { proposal: id, until: frozen.closesAt }
  return [
    ...tell(await accountsOf(deps, community, others), 'minute-waiting', about),
    ...tell(await accountsOf(deps, community, spoken), 'ballot-entered', about),
  ]
}

/** The second notice is wider: everybody in the community hears of it. Those on the roll are asked to vote. */
export const putAgain: Hear = async (deps, event) => {
  const next = textIn(event.data.next)
  if (next === '') return []
  const again = await proposalIn(deps, { stream: `proposal/${next}`, idx: event.idx })
  if (!again?.frozen) return []
  const { community, frozen, sponsor } = again
  const seats = await deps.people.members(community)
  const voters = new Set(await accountsOf(deps, community, rollOf(again)))
  const everybody = [...seats.map(({ account }) => account), sponsor]
  const about = { proposal: next, until: frozen.closesAt }
  const told = everybody.filter((account) => account !== null && !voters.has(account))
  return [...tell(told, 'vote-again', about), ...(await askedBy(deps, again, 'vote-again'))]
}

/** Those who would decide on handing the decision over today, except whoever did this. */
const overDelegation = async (
  { people }: HearDeps,
  { data, secret }: StoredEvent,
): Promise<readonly string[]> => {
  const community = textIn(data.community)
  if (!(await people.community(community))) return []
  const about = { community, matter: 'delegation.grant', frozen: null } as const
  const deciding = await decidersOf(people, about)
  return accountsOf(
    { people },
    community,
    deciding.filter((one) => one !== secret.by),
  )
}

/** What was answered for the council it hears of, so that it can stop it. */
export const answeredFor: Hear = async (deps, event) =>
  tell(await overDelegation(deps, event), 'delegation-used', {
    community: textIn(event.data.community),
    dataset: textIn(event.data.dataset),
  })

export const paused: Hear = async (deps, event) =>
  tell(await overDelegation(deps, event), 'delegation-paused', {
    community: textIn(event.data.community),
  })
