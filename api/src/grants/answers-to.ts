import { type Datasets, keepersOf } from '../datasets/datasets.ts'
import type { Member, People } from '../people/people.ts'
import type { Grant } from './grants.ts'

/** The communities whose councils have voted for this very grant. */
export const votedFor = ({
  basis,
  community,
  approvedBy,
}: Pick<Grant, 'basis' | 'community' | 'approvedBy'>): readonly string[] =>
  basis !== 'licence' ? (approvedBy ?? [community]) : []

/** The communities a grant is answered for to. */
export const answersTo = ({
  community,
  approvedBy = [],
}: Pick<Grant, 'community' | 'approvedBy'>): readonly string[] => [
  ...new Set([community, ...approvedBy]),
]

type Answering = Pick<Grant, 'community' | 'approvedBy'>

/** Whether both are answered for to one and the same community. */
export const shareCommunity = (one: Answering, other: Answering): boolean =>
  answersTo(one).some((community) => answersTo(other).includes(community))

export interface OverseeingDeps {
  readonly people: Pick<People, 'memberOf'>
  readonly datasets: Pick<Datasets, 'dataset'>
}

/** Where none of those a grant is answered for to keeps the dataset any more, those who do look after it, too. */
const overseersOf = async (
  { datasets }: OverseeingDeps,
  grant: Answering & Pick<Grant, 'dataset'>,
): Promise<readonly string[]> => {
  const answering = answersTo(grant)
  const dataset = await datasets.dataset(grant.dataset)
  const keepers = dataset ? keepersOf(dataset) : answering
  return answering.some((one) => keepers.includes(one)) ? answering : [...answering, ...keepers]
}

/** Somebody's seat in a community that a grant is answered for to: one in a body before a mere seat. */
export const seatOver = async (
  deps: OverseeingDeps,
  grant: Answering & Pick<Grant, 'dataset'>,
  account: string,
): Promise<Member | null> => {
  const overseers = await overseersOf(deps, grant)
  const seats = await Promise.all(overseers.map((one) => deps.people.memberOf(account, one)))
  const held = seats.filter((seat) => seat !== null)
  return held.find(({ bodies }) => bodies.length > 0) ?? held[0] ?? null
}
