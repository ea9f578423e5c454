import { type Connection, Schema } from 'mongoose'
import type { AttestedFacts, CharterRecord, Community, Member } from '../people/people.ts'
import { attestationId } from '../people/projections.ts'
import type {
  MailProof,
  PeopleStore,
  StoredAccount,
  StoredInvitation,
  StoredSession,
  StoredToken,
} from '../people/store.ts'
import { type Identified, isDuplicate, table, value, valueOrNull, withoutId } from './table.ts'

const account = new Schema(
  {
    _id: String,
    email: { type: String, unique: true },
    name: String,
    operator: Boolean,
    createdAt: Number,
    emailVerifiedAt: Number,
    passwordHash: String,
  },
  { versionKey: false },
)

const session = new Schema(
  {
    _id: String,
    account: { type: String, index: true },
    createdAt: Number,
    lastSeenAt: Number,
    device: String,
  },
  { versionKey: false },
)

const token = new Schema(
  {
    _id: String,
    account: { type: String, index: true },
    name: String,
    scopes: [String],
    ending: String,
    createdAt: Number,
    expiresAt: Number,
    lastUsedAt: Number,
    jkt: String,
  },
  { versionKey: false },
)

const invitation = new Schema(
  {
    _id: String,
    community: String,
    member: String,
    email: String,
    name: String,
    expiresAt: Number,
    usedAt: Number,
    language: String,
    mailed: Boolean,
  },
  { versionKey: false },
)

const mailProof = new Schema(
  {
    _id: String,
    account: { type: String, index: true },
    purpose: String,
    email: String,
    expiresAt: Number,
  },
  { versionKey: false },
)

const community = new Schema(
  {
    _id: String,
    slug: { type: String, index: true },
    name: String,
    description: String,
    fictitious: Boolean,
    foundedAt: Number,
    charter: Schema.Types.Mixed,
  },
  { versionKey: false },
)

const charter = new Schema(
  {
    _id: String,
    community: { type: String, index: true },
    digest: String,
    version: Number,
    document: Schema.Types.Mixed,
    adoptedAt: Number,
    proposal: String,
  },
  { versionKey: false },
)

const member = new Schema(
  {
    _id: String,
    community: { type: String, index: true },
    account: { type: String, index: true },
    name: String,
    bodies: [String],
    group: String,
    since: Number,
    proxy: String,
    endedAt: Number,
  },
  { versionKey: false },
)

const attestation = new Schema(
  {
    _id: String,
    actorKind: String,
    commercialTie: String,
    identityAssurance: Number,
    country: String,
    since: Number,
  },
  { versionKey: false },
)

type Part<K extends keyof PeopleStore> = Promise<Pick<PeopleStore, K>>

const accountsOf = async (
  connection: Connection,
): Part<
  | 'addAccount'
  | 'account'
  | 'accounts'
  | 'accountByEmail'
  | 'countOperators'
  | 'setEmailVerified'
  | 'setPassword'
> => {
  const accounts = await table<Identified<StoredAccount>>(connection, 'accounts', account)
  return {
    addAccount: async (one) => {
      try {
        await accounts.create(withoutId(one))
        return true
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },
    account: async (id) => valueOrNull(await accounts.findById(id).lean()),
    accounts: async (ids) => (await accounts.find({ _id: { $in: ids } }).lean()).map(value),
    accountByEmail: async (email) => valueOrNull(await accounts.findOne({ email }).lean()),
    countOperators: () => accounts.countDocuments({ operator: true }),
    setEmailVerified: async (_id, emailVerifiedAt) =>
      void (await accounts.updateOne(
        { _id, emailVerifiedAt: null },
        { $set: { emailVerifiedAt } },
      )),
    setPassword: async (_id, passwordHash) =>
      void (await accounts.updateOne({ _id }, { $set: { passwordHash } })),
  }
}

const sessionsOf = async (
  connection: Connection,
): Part<
  'addSession' | 'session' | 'sessionsOf' | 'touchSession' | 'removeSession' | 'removeSessionsOf'
> => {
  const sessions = await table<Identified<StoredSession>>(connection, 'sessions', session)
  return {
    addSession: async (one) => void (await sessions.create(withoutId(one))),
    session: async (id) => valueOrNull(await sessions.findById(id).lean()),
    sessionsOf: async (id) => (await sessions.find({ account: id }).lean()).map(value),
    touchSession: async (id, at) =>
      void (await sessions.updateOne({ _id: id }, { $set: { lastSeenAt: at } })),
    removeSession: async (id) => void (await sessions.deleteOne({ _id: id })),
    removeSessionsOf: async (id) => void (await sessions.deleteMany({ account: id })),
  }
}

const tokensOf = async (
  connection: Connection,
): Part<'addToken' | 'token' | 'tokensOf' | 'touchToken' | 'removeToken'> => {
  const tokens = await table<Identified<StoredToken>>(connection, 'tokens', token)
  return {
    addToken: async (one) => void (await tokens.create(withoutId(one))),
    token: async (id) => valueOrNull(await tokens.findById(id).lean()),
    tokensOf: async (id) =>
      (await tokens.find({ account: id }).sort({ createdAt: -1 }).lean()).map(value),
    touchToken: async (id, at) =>
      void (await tokens.updateOne({ _id: id }, { $set: { lastUsedAt: at } })),
    removeToken: async (owner, id) =>
      (await tokens.deleteOne({ _id: id, account: owner })).deletedCount === 1,
  }
}

const mailProofsOf = async (
  connection: Connection,
): Part<'addMailProof' | 'mailProof' | 'takeMailProof'> => {
  const proofs = await table<Identified<MailProof>>(connection, 'mail-proofs', mailProof)
  return {
    addMailProof: async (one) => {
      await proofs.create(withoutId(one))
      const { account, purpose, id } = one
      await proofs.deleteMany({ account, purpose, _id: { $ne: id } })
    },
    mailProof: async (id) => valueOrNull(await proofs.findById(id).lean()),
    takeMailProof: async (id) => (await proofs.deleteOne({ _id: id })).deletedCount === 1,
  }
}

const invitationsOf = async (
  connection: Connection,
): Part<'addInvitation' | 'invitation' | 'claimInvitation'> => {
  const invitations = await table<Identified<StoredInvitation>>(
    connection,
    'invitations',
    invitation,
  )
  return {
    addInvitation: async (one) => void (await invitations.create(withoutId(one))),
    invitation: async (id) => valueOrNull(await invitations.findById(id).lean()),
    claimInvitation: async (id, was, at) =>
      (await invitations.updateOne({ _id: id, usedAt: was }, { $set: { usedAt: at } }))
        .modifiedCount === 1,
  }
}

const communitiesOf = async (
  connection: Connection,
): Part<
  | 'community'
  | 'communityBySlug'
  | 'communities'
  | 'communitiesByIds'
  | 'member'
  | 'members'
  | 'membersOf'
  | 'attested'
> => {
  const communities = await table<Identified<Community>>(connection, 'communities', community)
  const members = await table<Identified<Member>>(connection, 'members', member)
  const attestations = await table<Identified<AttestedFacts & { id: string }>>(
    connection,
    'attestations',
    attestation,
  )
  return {
    community: async (id) => valueOrNull(await communities.findById(id).lean()),
    communityBySlug: async (slug) => valueOrNull(await communities.findOne({ slug }).lean()),
    communities: async () => (await communities.find({}).sort({ name: 1 }).lean()).map(value),
    communitiesByIds: async (ids) =>
      (await communities.find({ _id: { $in: ids } }).lean()).map(value),
    member: async (id) => valueOrNull(await members.findById(id).lean()),
    members: async (id) =>
      (await members.find({ community: id }).sort({ _id: 1 }).lean()).map(value),
    membersOf: async (id) =>
      (await members.find({ account: id }).sort({ _id: 1 }).lean()).map(value),
    attested: async (person, id) =>
      valueOrNull(await attestations.findById(attestationId(id, person)).lean()),
  }
}

const chartersOf = async (connection: Connection): Part<'charter' | 'charters'> => {
  const charters = await table<Identified<CharterRecord & { id: string }>>(
    connection,
    'charters',
    charter,
  )
  return {
    charter: async (digest) => valueOrNull(await charters.findById(digest).lean()),
    charters: async (id) =>
      (await charters.find({ community: id }).sort({ version: -1 }).lean()).map(value),
  }
}

/** Accounts, sessions, tokens and invitations; and the projections about communities. */
export const createPeopleStore = async (connection: Connection): Promise<PeopleStore> => ({
  ...(await accountsOf(connection)),
  ...(await sessionsOf(connection)),
  ...(await tokensOf(connection)),
  ...(await invitationsOf(connection)),
  ...(await mailProofsOf(connection)),
  ...(await communitiesOf(connection)),
  ...(await chartersOf(connection)),
})
