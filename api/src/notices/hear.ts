import { keepersOf } from '../datasets/datasets.ts'
import { concernedBy } from '../governance/concerned-by.ts'
import type { Proposal } from '../governance/governance.ts'
import { stateOf } from '../governance/state.ts'
import { type StoredEvent, textIn } from '../log/index.ts'
import { answeredFor, appealed, minuteEntered, paused, putAgain } from './hear-council.ts'
import { askedToDelete, issued, revoked, suspended, teamNamed } from './hear-holders.ts'
import { accountsOf, askedBy, type Hear, type HearDeps, proposalIn, rollOf, tell } from './heard.ts'
import type { Heard } from './notice.ts'

const opened: Hear = async (deps, event) => {
  const proposal = await proposalIn(deps, event)
  if (!proposal?.frozen) return []
  const { id, community, frozen } = proposal
  const until = frozen.openedAt + frozen.times.openFor
  const voters = await accountsOf(deps, community, rollOf(proposal))
  return tell(voters, 'vote-opened', { proposal: id, until })
}

/** Who is to lose a seat stands aside from the vote, so nothing else would tell them. */
const proposed: Hear = async (deps, event) => {
  const proposal = await proposalIn(deps, event)
  if (proposal?.effect.kind !== 'member.end') return []
  return tell(concernedBy(proposal), 'vote-about-you', { proposal: proposal.id })
}

/** Whoever asked learns that the answer is no; a yes comes as a grant. */
const refusedTo = (deps: HearDeps, proposal: Proposal): Promise<readonly Heard[]> =>
  askedBy(deps, proposal, 'request-answered')

const returned: Hear = async (deps, event) => {
  const proposal = await proposalIn(deps, event)
  if (!proposal) return []
  const { id, sponsor } = proposal
  const sponsors = tell([sponsor], 'request-returned', { proposal: id })
  return [...sponsors, ...(await askedBy(deps, proposal, 'request-returned'))]
}

const closed: Hear = async (deps, event) => {
  const proposal = await proposalIn(deps, event)
  if (!proposal?.frozen) return []
  const { id, community, frozen, sponsor, outcome } = proposal
  const voters = await accountsOf(deps, community, rollOf(proposal))
  const results = tell([...voters, sponsor], 'vote-result', { proposal: id })
  if (!outcome?.pass) return [...results, ...(await refusedTo(deps, proposal))]
  const guardians = await accountsOf(deps, community, frozen.vetoers)
  const until = (stateOf(proposal, event.at)?.closesAt ?? event.at) + frozen.times.veto
  const vetoes = tell(guardians, 'veto-window', { proposal: id, until })
  return frozen.times.veto > 0 ? [...results, ...vetoes] : results
}

const lapsed: Hear = async (deps, event) => {
  const proposal = await proposalIn(deps, event)
  return proposal ? refusedTo(deps, proposal) : []
}

const published: Hear = async ({ datasets }, { data }) => {
  const [dataset, number] = [textIn(data.dataset), textIn(data.version)]
  const version = await datasets.anyVersion(dataset, number)
  const brought = new Set(version?.contributions ?? [])
  const all = await datasets.contributionsTo(dataset)
  const used = all.filter(({ id }) => brought.has(id)).map(({ contributor }) => contributor)
  return tell(used, 'contribution-used', { dataset, version: number })
}

const withdrawn: Hear = async ({ people, datasets }, { data }) => {
  const dataset = await datasets.dataset(textIn(data.dataset))
  if (!dataset) return []
  const seats = (await Promise.all(keepersOf(dataset).map((one) => people.members(one)))).flat()
  const stewards = seats.filter(({ bodies }) => bodies.includes('stewards'))
  const accounts = stewards.map(({ account }) => account)
  return tell(accounts, 'contribution-withdrawn', { dataset: dataset.id })
}

const HEAR: Readonly<Record<string, Hear>> = {
  'proposal.made': proposed,
  'proposal.opened': opened,
  'proposal.closed': closed,
  'proposal.lapsed': lapsed,
  'proposal.returned': returned,
  'proposal.rerun': putAgain,
  'minute.entered': minuteEntered,
  'appeal.made': appealed,
  'delegation.used': answeredFor,
  'delegation.paused': paused,
  'grant.issued': issued,
  'grant.revoked': revoked,
  'team.named': teamNamed,
  'deletion.asked': askedToDelete,
  'dataset.suspended': suspended,
  'version.published': published,
  'contribution.withdrawn': withdrawn,
}

/** Who should hear of an event, and as what. */
export const hear = async (deps: HearDeps, event: StoredEvent): Promise<readonly Heard[]> =>
  (await HEAR[event.type]?.(deps, event)) ?? []
