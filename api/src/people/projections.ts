import { type Fields, type Json, type Projection, type StoredEvent, textIn } from '../log/index.ts'

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
const fields = (value: Json | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
/** What a community is: its name and the charter it lives under. */
const communities: Projection = {
  name: 'communities',
  ids: (event) => (CHANGES_COMMUNITY.has(event.type) ? [textIn(event.data.community)] : []),
  fold: (doc, event): Fields => {
    const { data } = event
    const charter: Json = {
      digest: data.charterDigest ?? '',
      version: data.charterVersion ?? 0,
      document: data.charter ?? null,
    }
    if (event.type === 'charter.adopted') return { ...doc, charter }
    return {
      slug: data.slug ?? '',
      name: data.name ?? '',
      description: data.description ?? '',
      fictitious: data.fictitious ?? false,
      foundedAt: event.at,
      charter,
    }
  },
}

const CHANGES_COMMUNITY = new Set(['community.founded', 'charter.adopted'])

/** Every charter a community has had, by digest. */
const charters: Projection = {
  name: 'charters',
  ids: (event) => (CHANGES_COMMUNITY.has(event.type) ? [textIn(event.data.charterDigest)] : []),
  fold: (_, { data, at }): Fields => ({
    community: data.community ?? '',
    digest: data.charterDigest ?? '',
    version: data.charterVersion ?? 0,
    document: data.charter ?? null,
    adoptedAt: at,
    proposal: data.proposal ?? null,
  }),
}

const foundedSeat = (event: StoredEvent, id: string): Fields | null => {
  const seat = list(event.data.members)
    .map(fields)
    .find((member) => member.member === id)
  if (!seat) return null
  return {
    community: event.data.community ?? '',
    bodies: seat.bodies ?? [],
    group: seat.group ?? null,
    account: fields(event.secret.accounts)[id] ?? null,
    name: fields(event.secret.names)[id] ?? '',
    since: event.at,
  }
}

const admittedSeat = (event: StoredEvent): Fields => ({
  community: event.data.community ?? '',
  bodies: event.data.bodies ?? [],
  group: event.data.group ?? null,
  account: event.secret.account ?? null,
  name: event.secret.name ?? '',
  since: event.at,
})

const moved = (bodies: Json | undefined, { data }: StoredEvent, id: string): readonly Json[] => {
  const others = list(bodies).filter((body) => body !== data.body)
  return list(data.joined).includes(id) ? [...others, data.body ?? ''] : others
}

/** A seat that has ended stays as it was, so that past votes can name who sat there. */
const changedSeat = (doc: Fields, event: StoredEvent, id: string): Fields => {
  const { type, secret, at } = event
  if (typeof doc.endedAt === 'number') return doc
  switch (type) {
    case 'proxy.named':
    case 'proxy.ended':
      return { ...doc, proxy: secret.proxy ?? null }
    case 'member.ended':
      return { ...doc, account: null, bodies: [], proxy: null, endedAt: at }
    case 'body.elected':
      return { ...doc, bodies: moved(doc.bodies, event, id) }
    default:
      return { ...doc, account: secret.account ?? null }
  }
}

/** Who has a seat in which community. */
const members: Projection = {
  name: 'members',
  ids: (event) => {
    if (event.type === 'community.founded') {
      return list(event.data.members).map((member) => textIn(fields(member).member))
    }
    if (event.type === 'body.elected')
      return [...list(event.data.joined), ...list(event.data.left)].map(textIn)
    return MOVES_SEAT.has(event.type) ? [textIn(event.data.member)] : []
  },
  fold: (doc, event, id) => {
    if (event.type === 'community.founded') return foundedSeat(event, id)
    if (event.type === 'member.admitted') return admittedSeat(event)
    return doc && changedSeat(doc, event, id)
  },
}

const MOVES_SEAT = new Set([
  'member.admitted',
  'member.seated',
  'member.ended',
  'proxy.named',
  'proxy.ended',
])

/** Id of what one community attests about one account. */
export const attestationId = (community: string, account: string): string =>
  `${community}/${account}`

/** What a council has attested about a person, newest statement of each fact. */
const attestations: Projection = {
  name: 'attestations',
  ids: (event) =>
    event.type === 'member.attested' && typeof event.secret.account === 'string'
      ? [attestationId(textIn(event.data.community), event.secret.account)]
      : [],
  fold: (doc, event) => ({ ...doc, ...fields(event.secret.facts), since: event.at }),
}

export const projections: readonly Projection[] = [communities, charters, members, attestations]
