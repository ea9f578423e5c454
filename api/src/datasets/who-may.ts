import { notFound, refuse, signInFirst } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor, Member, People } from '../people/people.ts'
import { keepersOf } from './custody.ts'
import { type Dataset, isListed } from './dataset.ts'

/** The seat of the one who asks in a community, or null. */
export const seatIn = async (
  people: People,
  community: string,
  actor: Actor | null,
): Promise<Member | null> => (actor ? people.memberOf(actor.account.id, community) : null)

/** Who may do the most comes first: stewards, guardians, those who sit in some body, members. */
const reach = (seat: Member): number =>
  isSteward(seat) ? 0 : isWatcher(seat) ? 1 : seat.bodies.length > 0 ? 2 : 3

type Kept = Pick<Dataset, 'community' | 'custody'>

/** All seats of the one who asks in communities that keep the dataset; they act by the first. */
const seatsOf = async (
  people: People,
  dataset: Kept,
  actor: Actor | null,
): Promise<readonly Member[]> => {
  const seats = await Promise.all(keepersOf(dataset).map((one) => seatIn(people, one, actor)))
  const held = seats.filter((seat) => seat !== null)
  return held.sort((a, b) => reach(a) - reach(b))
}

/** The seat by which the one who asks may do the most, in any community that keeps the dataset. */
export const seatOf = async (
  people: People,
  dataset: Kept,
  actor: Actor | null,
): Promise<Member | null> => (await seatsOf(people, dataset, actor))[0] ?? null

/** For which community somebody acts who could be taken to act for another; null for everybody else. */
export const actsFor = async (
  people: People,
  dataset: Kept,
  actor: Actor | null,
): Promise<string | null> => {
  const [first, second] = await seatsOf(people, dataset, actor)
  return first && second ? first.community : null
}

const isCreator = (dataset: Dataset, actor: Actor | null): boolean =>
  actor !== null && dataset.creator === actor.account.id

/** A hidden dataset is there for its creator and for those who sit in a body of the community. */
export const maySee = (dataset: Dataset, seat: Member | null, actor: Actor | null): boolean =>
  isListed(dataset) || (seat !== null && (seat.bodies.length > 0 || isCreator(dataset, actor)))

export const isSteward = (seat: Member | null): boolean =>
  seat?.bodies.includes('stewards') ?? false

/** Closing is for whoever keeps watch; opening again takes a vote. */
export const isWatcher = (seat: Member | null): boolean =>
  isSteward(seat) || (seat?.bodies.includes('guardians') ?? false)

/** Signed in with a browser session: tokens govern nothing. */
export const inSession = (actor: Actor | null): { ok: true; actor: Actor } | Refusal => {
  if (!actor) return signInFirst()
  if (actor.scopes !== null)
    return refuse('BROWSER_ONLY', 'A personal token may not do this. Sign in with a browser.')
  return { ok: true, actor }
}

/** Signed in, or with a token that may contribute. */
export const contributing = (actor: Actor | null): { ok: true; actor: Actor } | Refusal => {
  if (!actor) return signInFirst()
  if (actor.scopes !== null && !actor.scopes.includes('contribute'))
    return refuse('SCOPE_MISSING', 'This token lacks the scope “contribute”.')
  return { ok: true, actor }
}

export interface Visit {
  readonly ok: true
  readonly dataset: Dataset
  /** In one of the communities that keep it. */
  readonly seat: Member | null
}

/** The dataset with the asker's seat; what the asker may not see is not there. */
export const visit = async (
  deps: {
    readonly people: People
    readonly store: { dataset(id: string): Promise<Dataset | null> }
  },
  id: string,
  actor: Actor | null,
): Promise<Visit | Refusal> => {
  const dataset = await deps.store.dataset(id)
  const seat = dataset && (await seatOf(deps.people, dataset, actor))
  return dataset && maySee(dataset, seat, actor) ? { ok: true, dataset, seat } : notFound('dataset')
}

/** The same for what only stewards do. */
export const visitAsSteward = async (
  deps: Parameters<typeof visit>[0],
  id: string,
  actor: Actor,
): Promise<(Visit & { readonly seat: Member }) | Refusal> => {
  const found = await visit(deps, id, actor)
  if (!found.ok) return found
  const { seat } = found
  if (seat && isSteward(seat)) return { ...found, seat }
  return refuse('NOT_STEWARD', 'Only stewards of this community may do this.')
}
