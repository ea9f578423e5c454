import type { Charter, Register, Sizes } from '../../../policies/index.ts'

/** A person's account: an ordinary document, not a governed fact. */
export interface Account {
  readonly id: string
  /** Lower case, trimmed. */
  readonly email: string
  readonly name: string
  /** Runs the server; holds no governance role by it. */
  readonly operator: boolean
  readonly createdAt: number
  /** When the person has shown that the address is theirs, epoch ms; null: not yet. */
  readonly emailVerifiedAt: number | null
}

/** What a request may do: everything in a browser session, or the scopes of a token. */
export type Scope = 'read' | 'download' | 'contribute'

/** The person behind a request and by which key they came in. */
export interface Actor {
  readonly account: Account
  readonly session: string | null
  /** null: a browser session, which may do all its person may do. */
  readonly scopes: readonly Scope[] | null
}

export interface Community {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly fictitious: boolean
  readonly foundedAt: number
  readonly charter: {
    readonly digest: string
    readonly document: unknown
    readonly version: number
  }
}

/** One version of a charter as it was adopted, or as it is proposed. */
export interface CharterRecord {
  readonly community: string
  readonly digest: string
  readonly version: number
  readonly document: unknown
  /** null while it is proposed, and for ever if it was not adopted. */
  readonly adoptedAt: number | null
  /** The vote that adopted it; null for the charter of the founding. */
  readonly proposal: string | null
}

/** A seat in a community. `account` is null until the invitation is taken up, and after erasure. */
export interface Member {
  /** Random id by which the public log knows this person in this community. */
  readonly id: string
  readonly community: string
  readonly account: string | null
  /** The name the seat was given; the account's own name wins. */
  readonly name: string
  /** Bodies of the charter beside `members`, to which everyone belongs. */
  readonly bodies: readonly string[]
  readonly group: string | null
  readonly since: number
  /** Who speaks for this member in votes in which they cast no ballot; private. */
  readonly proxy?: string | null
  /** When the seat ended; nobody can take it again. */
  readonly endedAt?: number | null
}

/** What a council has attested about a person, valid in that community only. */
export interface AttestedFacts {
  readonly actorKind?: string
  readonly commercialTie?: string
  readonly identityAssurance?: number
  readonly country?: string
  readonly benefitAgreement?: string
  readonly since: number
}

/** What the other domains may ask about people. */
export interface People {
  community(id: string): Promise<Community | null>
  communityBySlug(slug: string): Promise<Community | null>
  communities(): Promise<readonly Community[]>
  member(id: string): Promise<Member | null>
  members(community: string): Promise<readonly Member[]>
  /** The seat of an account in a community, or null. */
  memberOf(account: string, community: string): Promise<Member | null>
  memberships(account: string): Promise<readonly Member[]>
  account(id: string): Promise<Account | null>
  accountByEmail(email: string): Promise<Account | null>
  /** null when the community has attested nothing about this person. */
  attested(account: string, community: string): Promise<AttestedFacts | null>
  /** Taken seats by body, as `openProposal` freezes them. */
  roll(community: string): Promise<Register>
  /** Seated members and groups of each body of a charter, in force or proposed. */
  sizes(community: string, charter: Charter): Promise<Sizes>
  /** A charter that was adopted at some time. */
  charter(digest: string): Promise<CharterRecord | null>
  /** All charters of a community, the one in force first. */
  charters(community: string): Promise<readonly CharterRecord[]>
}

/** Registers to which every seat belongs. */
const EVERYONE: ReadonlySet<string> = new Set(['members', 'assembly'])

/** Does the seat belong to this register of a charter body? */
export const sitsIn = (member: Pick<Member, 'bodies'>, body: string): boolean =>
  EVERYONE.has(body) || member.bodies.includes(body)
