import { describeCommon, describeRule, MATTERS, parseCharter } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { refuse } from '../errors.ts'
import type { Resolvers } from '../graphql/generated.ts'
import type { Refusal } from '../log/index.ts'
import type { Founded } from './found-community.ts'
import type { Account, CharterRecord, Community } from './people.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

/** What goes out of a refusal: never more than its words. */
export const shown = ({ code, message, field, reasons }: Refusal) => ({
  code,
  message,
  field: field ?? null,
  reasons: [...(reasons ?? [])],
})

/** Nobody may take an address of the founders before there is an operator to invite them. */
const notSetUp = (): Refusal =>
  refuse('NOT_SET_UP', 'This registry waits for its first set-up. Come back when it is open.')

const signedIn = async (
  result: { ok: true; account: Account } | Refusal,
  { people, device, setSession }: Context,
) => {
  if (!result.ok) return { refused: shown(result) }
  setSession(await people.sessions.open(result.account.id, device))
  return { viewer: result.account }
}

type Wanted = { charter: string; slug: string; licence: unknown } & Record<string, unknown>

/** A founding with its charter and licence; one short name names one community. */
const founding = ({ charter, licence, ...about }: Wanted, { licences }: Context) => ({
  about,
  charterFor: (id: string) => licences.charterFor(charter, id),
  cmd: `found:${about.slug}`,
  before: (id: string) => licences.adoptFounding(id, licence, `found:${id}:licence`),
})

const foundedPayload = (founded: Founded | Refusal, { config }: Context) => {
  if (!founded.ok) return { refused: shown(founded), invitations: [] }
  const link = (code: string) => `${config.publicUrl}/invitations/${code}`
  return {
    community: founded.community,
    invitations: founded.invitations.map(({ code, name, email }) => ({
      name,
      email,
      link: link(code),
    })),
  }
}

const found = async (input: Wanted, context: Context) => {
  const refused = context.licences.checkFounding(input.licence)
  if (refused) return foundedPayload(refused, context)
  const { about, charterFor, cmd, before } = founding(input, context)
  return foundedPayload(
    await context.people.foundCommunity(about, charterFor, cmd, before),
    context,
  )
}

const setUp = async (input: { operator: unknown; community: Wanted }, context: Context) => {
  const refused = context.licences.checkFounding(input.community.licence)
  if (refused) return foundedPayload(refused, context)
  const { about, ...options } = founding(input.community, context)
  const { people, device, setSession } = context
  const { operator } = input
  const result = await people.setUp({ operator, community: about, founding: options })
  if (!result.ok) return foundedPayload(result, context)
  setSession(await people.sessions.open(result.operator.id, device))
  return foundedPayload(result.founded, context)
}

const seatOf = async (community: Community, { actor, people }: Context) =>
  actor ? people.memberOf(actor.account.id, community.id) : null

const bodySizes = async ({ id, charter }: Community, { people }: Context) => {
  const parsed = parseCharter(charter.document)
  if (!parsed.ok) return []
  const sizes = await people.sizes(id, parsed.charter)
  return Object.entries(sizes).map(([name, { members, groups }]) => ({
    name,
    size: members,
    groups,
  }))
}

/** The charter in force; when and by which vote it was adopted stands in the list of all. */
const inForce = ({ id, charter }: Community): CharterRecord => ({
  community: id,
  ...charter,
  adoptedAt: null,
  proposal: null,
})

const adoption = async ({ digest, adoptedAt, proposal }: CharterRecord, { people }: Context) =>
  adoptedAt === null ? people.charter(digest) : { adoptedAt, proposal }

export const resolvers: Resolvers = {
  Query: {
    viewer: (_, __, { actor }) => actor?.account ?? null,
    registry: async (_, __, { config, people, log }) => ({
      name: config.name,
      needsSetUp: await people.needsSetUp(),
      demo: config.demo,
      now: iso(log.now()),
    }),
    communities: (_, __, { people }) => people.communities().then((all) => [...all]),
    community: (_, { slug }, { people }) => people.communityBySlug(slug),
  },
  Mutation: {
    signOut: async (_, __, { actor, people, setSession }) => {
      if (actor?.session) await people.sessions.close(actor.session)
      setSession(null)
      return true
    },
    register: async (_, { input }, context) =>
      signedIn(
        (await context.people.needsSetUp())
          ? notSetUp()
          : await context.people.register(input, context.ip),
        context,
      ),
    signIn: async (_, { input }, context) =>
      signedIn(await context.people.signIn(input, context.ip), context),
    acceptInvitation: async (_, { code, input }, context) =>
      signedIn(await context.people.acceptInvitation({ code, input, ip: context.ip }), context),
    signOutEverywhere: async (_, __, { actor, people, setSession }) => {
      if (actor) await people.sessions.closeAll(actor.account.id)
      setSession(null)
      return true
    },
    createToken: async (_, { input }, { actor, people }) => {
      if (!actor) return {}
      const result = await people.createToken(actor, input)
      return result.ok ? result : { refused: shown(result) }
    },
    revokeToken: (_, { id }, { actor, people }) => (actor ? people.revokeToken(actor, id) : false),
    sendVerification: async (_, __, { actor, people, ip }) => {
      if (!actor) return {}
      const result = await people.askToVerify(actor.account.id, ip)
      return result.ok ? { viewer: actor.account } : { refused: shown(result) }
    },
    setUp: (_, { input }, context) => setUp(input, context),
    foundCommunity: (_, { input }, context) => found(input, context),
  },
  Viewer: {
    emailVerified: ({ emailVerifiedAt }) => emailVerifiedAt !== null,
    memberships: ({ id }, _, { people }) => people.memberships(id).then((all) => [...all]),
    tokens: ({ id }, _, { people }) => people.tokens(id).then((all) => [...all]),
    sessions: ({ id }, _, { people }) => people.sessionsOf(id).then((all) => [...all]),
  },
  Session: {
    current: ({ id }, _, { actor }) => actor?.session === id,
    createdAt: ({ createdAt }) => iso(createdAt),
    lastSeenAt: ({ lastSeenAt }) => iso(lastSeenAt),
  },
  PersonalToken: {
    scopes: ({ scopes }) => [...scopes],
    createdAt: ({ createdAt }) => iso(createdAt),
    expiresAt: ({ expiresAt }) => iso(expiresAt),
    lastUsedAt: ({ lastUsedAt }) => (lastUsedAt ? iso(lastUsedAt) : null),
  },
  Membership: {
    community: async ({ community }, _, { people }) => {
      const one = await people.community(community)
      if (!one) throw new Error(`member of a community ${community} that is not there`)
      return one
    },
    member: ({ id }) => id,
    proxy: ({ account, proxy }, _, { actor, people }) =>
      proxy && actor?.account.id === account ? people.member(proxy) : null,
    mayNameProxy: async ({ community }, _, { people }) => {
      const read = parseCharter((await people.community(community))?.charter.document)
      return read.ok && read.charter.proxy.depth > 0
    },
    bodies: ({ bodies }) => [...bodies],
  },
  Community: {
    bodies: (community, _, context) => bodySizes(community, context),
    charter: (community) => inForce(community),
    charters: async ({ id }, _, { people }) => [...(await people.charters(id))],
    members: async (community, _, context) =>
      (await seatOf(community, context)) ? [...(await context.people.members(community.id))] : null,
    viewerIsMember: async (community, _, context) => (await seatOf(community, context)) !== null,
    viewerCanContribute: async (community, _, context) =>
      (await seatOf(community, context)) !== null,
    viewerCanSteward: async (community, _, context) =>
      (await seatOf(community, context))?.bodies.includes('stewards') ?? false,
  },
  Charter: {
    matters: async ({ community, document }, _, { people }) => {
      const parsed = parseCharter(document)
      if (!parsed.ok) return []
      const sizes = await people.sizes(community, parsed.charter)
      return MATTERS.flatMap((matter) => {
        const rule = parsed.charter.matters[matter]
        if (!rule) return []
        return [{ matter, body: rule.body, text: [...describeRule(rule, sizes, 'en')] }]
      })
    },
    common: ({ document }) => {
      const parsed = parseCharter(document)
      return parsed.ok ? [...describeCommon(parsed.charter)] : []
    },
    adoptedAt: async (charter, _, context) => {
      const at = (await adoption(charter, context))?.adoptedAt
      return at === null || at === undefined ? null : iso(at)
    },
    proposal: async (charter, _, context) => (await adoption(charter, context))?.proposal ?? null,
  },
  Member: {
    bodies: ({ bodies }) => [...bodies],
    name: async ({ account, name }, _, { people }) =>
      (account ? (await people.account(account))?.name : null) ?? name,
    facts: async ({ account, community }, _, { people }) => {
      const attested = account ? await people.attested(account, community) : null
      if (!attested) return []
      const { since, ...facts } = attested
      return Object.entries(facts)
        .filter(([fact, value]) => fact !== 'id' && value !== null && value !== undefined)
        .map(([fact, value]) => ({ fact, value: String(value), since: iso(since) }))
    },
  },
}
