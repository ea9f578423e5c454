import type { Account, AttestedFacts, CharterRecord, Community, Member, Scope } from './people.ts'

export interface StoredAccount extends Account {
  readonly passwordHash: string
}

/** A browser session; `id` is the SHA-256 of the cookie, so a stolen database opens nothing. */
export interface StoredSession {
  readonly id: string
  readonly account: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly device: string
}

/** A personal token; `id` is the SHA-256 of the secret. */
export interface StoredToken {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly ending: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly lastUsedAt: number | null
  /** Thumbprint of the key beside whose proofs alone it counts (RFC 9449); absent: it needs none. */
  readonly jkt?: string
}

/** A seat waiting for its person; `id` is the SHA-256 of the code in the link. */
export interface StoredInvitation {
  readonly id: string
  readonly community: string
  readonly member: string
  readonly email: string
  readonly name: string
  readonly expiresAt: number
  readonly usedAt: number | null
  /** BCP 47; of the letter. */
  readonly language?: string
  /** The code went to the address itself: whoever has it reads its mail. */
  readonly mailed?: boolean
}

/** A link sent to an address; `id` is the SHA-256 of its secret. It works once. */
export interface MailProof {
  readonly id: string
  readonly account: string
  readonly purpose: 'verify' | 'reset'
  readonly email: string
  /** Epoch ms by the system's clock. */
  readonly expiresAt: number
}

/** What the people domain keeps. */
export interface PeopleStore {
  /** false when the e-mail address is taken. */
  addAccount(account: StoredAccount): Promise<boolean>
  account(id: string): Promise<StoredAccount | null>
  accounts(ids: readonly string[]): Promise<readonly StoredAccount[]>
  accountByEmail(email: string): Promise<StoredAccount | null>
  countOperators(): Promise<number>
  setEmailVerified(account: string, at: number): Promise<void>
  setPassword(account: string, passwordHash: string): Promise<void>

  /** Older proofs of the same kind for this account end with it. */
  addMailProof(proof: MailProof): Promise<void>
  mailProof(id: string): Promise<MailProof | null>
  /** false when somebody else was first. */
  takeMailProof(id: string): Promise<boolean>

  addSession(session: StoredSession): Promise<void>
  session(id: string): Promise<StoredSession | null>
  sessionsOf(account: string): Promise<readonly StoredSession[]>
  touchSession(id: string, at: number): Promise<void>
  removeSession(id: string): Promise<void>
  removeSessionsOf(account: string): Promise<void>

  addToken(token: StoredToken): Promise<void>
  token(id: string): Promise<StoredToken | null>
  tokensOf(account: string): Promise<readonly StoredToken[]>
  touchToken(id: string, at: number): Promise<void>
  /** false when this account has no such token. */
  removeToken(account: string, id: string): Promise<boolean>

  addInvitation(invitation: StoredInvitation): Promise<void>
  invitation(id: string): Promise<StoredInvitation | null>
  /** Compare-and-set of `usedAt`: false when somebody else was first. */
  claimInvitation(id: string, was: number | null, at: number | null): Promise<boolean>

  community(id: string): Promise<Community | null>
  communityBySlug(slug: string): Promise<Community | null>
  communities(): Promise<readonly Community[]>
  communitiesByIds(ids: readonly string[]): Promise<readonly Community[]>
  member(id: string): Promise<Member | null>
  members(community: string): Promise<readonly Member[]>
  membersOf(account: string): Promise<readonly Member[]>
  attested(account: string, community: string): Promise<AttestedFacts | null>
  charter(digest: string): Promise<CharterRecord | null>
  /** Newest first. */
  charters(community: string): Promise<readonly CharterRecord[]>
}
