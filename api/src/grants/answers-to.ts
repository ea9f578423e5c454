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

/** Somebody's seat in a community that a grant is answered for to: one in a body before a mere seat. */
export const seatOver = async (
  people: Pick<People, 'memberOf'>,
  grant: Pick<Grant, 'community' | 'approvedBy'>,
  account: string,
): Promise<Member | null> => {
  const seats = await Promise.all(answersTo(grant).map((one) => people.memberOf(account, one)))
  const held = seats.filter((seat) => seat !== null)
  return held.find(({ bodies }) => bodies.length > 0) ?? held[0] ?? null
}
