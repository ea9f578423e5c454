import type { Account } from '../people/people.ts'
import type { Grant, TeamMember } from './grants.ts'

/** The most people a request may name beside the one who asks. */
export const LARGEST_TEAM = 20

const isThere = ({ endedAt }: TeamMember): boolean => endedAt === null

/** Revoked, renewed by another or past its end. */
export const isOver = (
  { revokedAt, renewedBy, expiresAt }: Pick<Grant, 'revokedAt' | 'renewedBy' | 'expiresAt'>,
  now: number,
): boolean => revokedAt !== null || renewedBy !== null || now >= expiresAt

/** Digest of the licence under which a grant goes on. */
export const termsInForce = ({ accepted, licence }: Pick<Grant, 'accepted' | 'licence'>): string =>
  accepted?.licence ?? licence

/** The place that somebody has taken in the team of a grant, or null. */
export const placeOf = ({ team }: Grant, account: string): TeamMember | null =>
  team.find((place) => place.account === account && isThere(place)) ?? null

/** The place that is theirs, or kept for their address once they have shown that it is theirs. */
export const placeFor = (
  grant: Grant,
  { id, email, emailVerifiedAt }: Account,
): TeamMember | null =>
  placeOf(grant, id) ??
  grant.team.find(
    (place) =>
      emailVerifiedAt !== null && place.account === null && place.email === email && isThere(place),
  ) ??
  null

/** Everybody who can use a grant: its holder, and whoever has accepted a place and not left it. */
export const usersOf = ({ account, team }: Pick<Grant, 'account' | 'team'>) => [
  account,
  ...team.filter(isThere).map((place) => place.account),
]

/** A place by its id, ended or not. */
export const placeIn = ({ team }: Pick<Grant, 'team'>, member: string | null): TeamMember | null =>
  team.find((place) => place.id === member) ?? null

/** Who has a place by its id, or null when it has ended. */
export const accountOf = (grant: Grant, member: string): string | null => {
  const place = placeIn(grant, member)
  return place && isThere(place) ? place.account : null
}

/** The grant as it stands for one of its team: their own facts and seats are what counts. */
export const asMember = (grant: Grant, { account, facts }: TeamMember): Grant => ({
  ...grant,
  account,
  facts,
  inTeamOf: grant.account,
})

/**
 * Places that are taken. Whoever has accepted had the data in hand and counts on, gone or not; a
 * name without an acceptance is free again once it is taken off.
 */
export const placesTaken = ({ team }: Pick<Grant, 'team'>): number =>
  team.filter((place) => place.accepted !== null || isThere(place)).length

export type PlaceState = 'named' | 'accepted' | 'newTerms' | 'ended'

/** Where one place stands. */
export const placeState = (grant: Grant, place: TeamMember): PlaceState => {
  if (!isThere(place)) return 'ended'
  if (place.accepted === null) return 'named'
  return place.accepted.licence === termsInForce(grant) ? 'accepted' : 'newTerms'
}
