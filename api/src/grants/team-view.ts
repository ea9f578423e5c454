import type { Context } from '../context.ts'
import type { Grant, TeamMember } from './grants.ts'
import { placeFor, placeState, placesTaken, termsInForce } from './team.ts'

/** One place with the grant it is in. */
export interface TeamPlace {
  readonly grant: Grant
  readonly place: TeamMember
}

const iso = (ms: number): string => new Date(ms).toISOString()

const isMine = ({ grant, place }: TeamPlace, { actor }: Context): boolean =>
  actor !== null && placeFor(grant, actor.account)?.id === place.id

const isHolder = ({ account }: Grant, { actor }: Context): boolean =>
  actor !== null && account === actor.account.id

const roleOf = (grant: Grant, context: Context): string => {
  if (isHolder(grant, context)) return 'holder'
  const place = context.actor && placeFor(grant, context.actor.account)
  if (!place) return 'seated'
  return place.account === null ? 'named' : 'member'
}

const nameOf = async (account: string | null, { people }: Context): Promise<string | null> =>
  account === null ? null : ((await people.account(account))?.name ?? null)

/** What a grant says of its team, to whoever may read it. */
export const teamResolvers = {
  viewerRole: (grant: Grant, _: unknown, context: Context) => roleOf(grant, context),
  holder: (grant: Grant, _: unknown, context: Context) => nameOf(grant.account, context),
  team: (grant: Grant): TeamPlace[] => grant.team.map((place) => ({ grant, place })),
  places: ({ places }: Grant) => places,
  freePlaces: (grant: Grant) => Math.max(0, grant.places - placesTaken(grant)),
  terms: (grant: Grant, _: unknown, { licences }: Context) => licences.licence(termsInForce(grant)),
}

export const teamMember = {
  id: ({ place }: TeamPlace) => place.id,
  state: ({ grant, place }: TeamPlace) => placeState(grant, place),
  email: (one: TeamPlace, _: unknown, context: Context) =>
    isHolder(one.grant, context) || isMine(one, context) ? one.place.email : null,
  name: ({ place }: TeamPlace, _: unknown, context: Context) => nameOf(place.account, context),
  namedAt: ({ place }: TeamPlace) => iso(place.namedAt),
  acceptedAt: ({ place }: TeamPlace) => (place.accepted ? iso(place.accepted.at) : null),
  viewer: (one: TeamPlace, _: unknown, context: Context) => isMine(one, context),
}
