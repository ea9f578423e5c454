import type { Datasets } from '../datasets/datasets.ts'
import type { Proposal } from '../governance/governance.ts'
import { proposalOf } from '../governance/history.ts'
import type { Grant } from '../grants/grants.ts'
import { type Log, type StoredEvent, textIn } from '../log/index.ts'
import type { People } from '../people/people.ts'
import type { Heard, NoticeKind } from './notice.ts'

export interface HearDeps {
  readonly log: Log
  readonly people: People
  readonly datasets: Datasets
  readonly grantsOn: (datasets: readonly string[]) => Promise<readonly Grant[]>
}

export type Hear = (deps: HearDeps, event: StoredEvent) => Promise<readonly Heard[]>

const unique = (accounts: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(accounts.filter((one) => typeof one === 'string')),
]

/** The same thing for each of these accounts, once. */
export const tell = (
  accounts: readonly (string | null | undefined)[],
  kind: NoticeKind,
  about: Heard['about'],
): readonly Heard[] => unique(accounts).map((account) => ({ account, kind, about }))

/** From the events themselves: they are there, whatever has been folded. */
export const proposalIn = async (
  { log }: HearDeps,
  { stream, idx }: Pick<StoredEvent, 'stream' | 'idx'>,
) => proposalOf((await log.stream(stream)).filter((event) => event.idx <= idx))

/** The accounts behind seats; a seat without a person hears nothing. */
export const accountsOf = async (
  { people }: Pick<HearDeps, 'people'>,
  community: string,
  members: readonly string[],
): Promise<readonly string[]> => {
  const seats = new Map((await people.members(community)).map((seat) => [seat.id, seat.account]))
  return unique(members.map((member) => seats.get(member)))
}

export const rollOf = ({ frozen }: Proposal): readonly string[] =>
  Object.keys(frozen?.roll ?? {}).filter((member) => !frozen?.aside?.includes(member))

/** Whoever asked for what is voted on. */
export const askedBy = async (
  { log }: HearDeps,
  { id, effect }: Proposal,
  kind: NoticeKind,
): Promise<readonly Heard[]> => {
  if (effect.kind !== 'grant.issue' && effect.kind !== 'grant.renew') return []
  const { request, dataset } = effect
  const [submitted] = await log.stream(`request/${request}`)
  const about = { request, proposal: id, dataset }
  return tell([textIn(submitted?.secret.account)].filter(Boolean), kind, about)
}
