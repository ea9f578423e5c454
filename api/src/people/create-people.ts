import type { Charter, Register, RollMember, Sizes } from '../../../policies/index.ts'
import { parseCharter } from '../../../policies/index.ts'
import type { Community, Member, People } from './people.ts'
import { sitsIn } from './people.ts'
import type { PeopleStore } from './store.ts'

const asRollMember = ({ id, group }: Member): RollMember => ({
  member: id,
  ...(group === null ? {} : { group }),
})

/** The oldest seat of each person: nobody votes twice, whatever votes have given them. */
const firstSeats = (members: readonly Member[]): readonly Member[] => {
  const youngestFirst = members.toSorted((a, b) => b.since - a.since)
  return [...new Map(youngestFirst.map((member) => [member.account, member])).values()]
}

/** Between seats with a person in them; the vote keeps those between members of its own roll. */
const proxiesOf = (taken: readonly Member[]): Readonly<Record<string, string>> =>
  Object.fromEntries(taken.flatMap(({ id, proxy }) => (proxy ? [[id, proxy]] : [])))

/** Only seats with a person in them can vote. */
const seated = (members: readonly Member[], register: string): readonly RollMember[] =>
  members.filter((member) => sitsIn(member, register)).map(asRollMember)

const bodiesOf = (community: Community): Readonly<Record<string, { register: string }>> => {
  const parsed = parseCharter(community.charter.document)
  if (!parsed.ok) throw new Error(`the charter of ${community.id} no longer parses`)
  return parsed.charter.bodies
}

const seatsTaken = (members: readonly Member[]): readonly Member[] =>
  firstSeats(members.filter(({ account }) => account !== null))

const sizesOf = ({ bodies }: Charter, members: readonly Member[]): Sizes =>
  Object.fromEntries(
    Object.entries(bodies).map(([name, { register }]) => {
      const inside = seated(seatsTaken(members), register)
      const groups = new Set(inside.flatMap(({ group }) => (group ? [group] : [])))
      return [name, { members: inside.length, groups: groups.size }]
    }),
  )

/** Reads about people and communities for the other domains. */
export const createPeople = (store: PeopleStore): People => ({
  community: (id) => store.community(id),
  communityBySlug: (slug) => store.communityBySlug(slug),
  communities: () => store.communities(),
  member: (id) => store.member(id),
  members: (community) => store.members(community),
  memberOf: async (account, community) =>
    firstSeats(
      (await store.membersOf(account)).filter((member) => member.community === community),
    )[0] ?? null,
  memberships: (account) => store.membersOf(account),
  account: (id) => store.account(id),
  accountByEmail: (email) => store.accountByEmail(email.trim().toLowerCase()),
  attested: (account, community) => store.attested(account, community),
  roll: async (id): Promise<Register> => {
    const [community, members] = await Promise.all([store.community(id), store.members(id)])
    if (!community) throw new Error(`there is no community ${id}`)
    const bodies = Object.entries(bodiesOf(community))
    const taken = seatsTaken(members)
    return {
      bodies: Object.fromEntries(
        bodies.map(([name, body]) => [name, seated(taken, body.register)]),
      ),
      proxies: proxiesOf(taken),
      stewards: seated(taken, 'stewards').map(({ member }) => member),
    }
  },
  sizes: async (id, charter) => sizesOf(charter, await store.members(id)),
  charter: (digest) => store.charter(digest),
  charters: (community) => store.charters(community),
})
