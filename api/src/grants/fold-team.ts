import { fieldsOf } from '../governance/history.ts'
import type { Fields, Json, StoredEvent } from '../log/index.ts'

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

/** A place in the team of a grant, as it is named. */
const named = (id: Json, email: Json | undefined, at: number): Fields => ({
  id,
  email: email ?? '',
  namedAt: at,
  account: null,
  facts: {},
  accepted: null,
  endedAt: null,
})

/** The team with which a grant is issued: nobody has accepted but those of the grant it renews. */
export const issuedTeam = ({ data, secret, at }: StoredEvent): readonly Fields[] =>
  list(data.team).map((id) => ({
    ...named(id, fieldsOf(secret.named)[String(id)], at),
    ...fieldsOf(fieldsOf(secret.kept)[String(id)]),
  }))

const changedPlace = (place: Fields, { type, data, secret, at, idx }: StoredEvent): Fields => {
  if (type === 'team.left') return { ...place, endedAt: at }
  const { account = null, facts = {} } = secret
  return { ...place, account, facts, accepted: { licence: data.licence ?? '', at, entry: idx } }
}

/** Who can use a grant beside its holder: whoever has accepted and not left. */
export const usersIn = (team: readonly Fields[]): readonly Json[] =>
  team.filter(({ endedAt }) => endedAt === null).flatMap(({ account }) => account ?? [])

/** A grant after its team has changed. */
export const changedTeam = (doc: Fields, event: StoredEvent): Fields => {
  const { type, data, secret, at } = event
  const before = list(doc.team).map(fieldsOf)
  const team =
    type === 'team.named'
      ? [...before, named(data.member ?? '', secret.email, at)]
      : before.map((place) => (place.id === data.member ? changedPlace(place, event) : place))
  return { ...doc, team, users: usersIn(team) }
}
