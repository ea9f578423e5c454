import type { CustodyRule, DelegatedClass, Matter } from '../../../policies/index.ts'

/**
 * What an enacted decision does. A proposal carries exactly one effect, fixed before the vote;
 * the domain that owns the matter executes it once, with the effect id as its command id.
 */
export type Effect =
  | PublishVersion
  | RatifySuspension
  | ReopenDataset
  | IssueGrant
  | RenewGrant
  | RevokeGrant
  | WaiveDuty
  | AdoptLicence
  | AdmitMember
  | AttestFacts
  | AmendCharter
  | EndMembership
  | ElectBody
  | TakeDown
  | ChangeCustody
  | SetFingerprint
  | GrantDelegation
  | EndDelegation
  | ResumeDelegation

/** The same effect lies before several communities; each decides by its own charter. */
export interface Jointly {
  /** Names what they decide on together. */
  readonly id: string
  /** Whether all of them must agree, or the first yes is enough. */
  readonly rule: CustodyRule
  readonly communities: readonly string[]
}

export interface PublishVersion {
  readonly kind: 'dataset.publish'
  readonly dataset: string
  readonly version: string
  readonly manifestDigest: string
  readonly statementDigest: string
  readonly licence: string
  /** Rung of the release ladder, 0 to 5. */
  readonly stage: number
  /** The same for each artefact of the version; left out where it has none. */
  readonly artefacts?: Readonly<Record<string, number>>
  /** Epoch ms before which no byte leaves, or null. */
  readonly embargoUntil: number | null
  readonly jointly?: Jointly
}

export interface RatifySuspension {
  readonly kind: 'dataset.ratify'
  readonly dataset: string
  readonly since: number
}

export interface ReopenDataset {
  readonly kind: 'dataset.reopen'
  readonly dataset: string
  readonly jointly?: Jointly
}

export interface IssueGrant {
  readonly kind: 'grant.issue'
  readonly request: string
  readonly dataset: string
  readonly version: string
  readonly manifestDigest: string
  readonly licence: string
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
  readonly duties: readonly string[]
  readonly days: number
  /** How many people may use it beside the requester; left out: nobody. */
  readonly team?: number
  /** Clauses that a licence leaves to people: a yes of its own council settles them, for this alone. */
  readonly settles?: readonly {
    readonly community: string
    /** Digest of the licence. */
    readonly licence: string
    readonly clauses: readonly string[]
  }[]
  /** Log index of what was handed in last, when it was handed in more than once. */
  readonly submission?: number
  readonly jointly?: Jointly
}

/** A further term for a grant, from its end on. */
export interface RenewGrant extends Omit<IssueGrant, 'kind'> {
  readonly kind: 'grant.renew'
  /** The grant whose place the new one takes. */
  readonly renews: string
}

export interface RevokeGrant {
  readonly kind: 'grant.revoke'
  readonly grant: string
  readonly reason: string
}

export interface WaiveDuty {
  readonly kind: 'duty.waive'
  readonly grant: string
  /** Its kind, e.g. reportBack. */
  readonly duty: string
  /** What was granted; left out where one community decides. */
  readonly dataset?: string
  /** Where the licences of several communities ask for the duty. */
  readonly jointly?: Jointly
}

export interface AdoptLicence {
  readonly kind: 'licence.adopt'
  /** Id of the licence this is a version of. */
  readonly licence: string
  readonly version: number
  readonly digest: string
}

/** Who it is stays in the proposal's secret fields: `account` or `email`, and `name`. */
export interface AdmitMember {
  readonly kind: 'member.admit'
  readonly member: string
  readonly bodies: readonly string[]
  readonly group: string | null
}

/** Whom it is about stays in the proposal's secret fields: `account`. */
export interface AttestFacts {
  readonly kind: 'member.attest'
  readonly facts: {
    readonly actorKind?: string
    readonly commercialTie?: string
    readonly identityAssurance?: number
    readonly country?: string
    /** Whether a benefit was agreed with the community, as some licences ask. */
    readonly benefitAgreement?: 'signed' | 'none'
  }
}

/** A seat ends; who sat there keeps what they have cast, and no grant is touched by it. */
export interface EndMembership {
  readonly kind: 'member.end'
  readonly member: string
}

/** Who sits in a body from now on: all of these seats and no others. */
export interface ElectBody {
  readonly kind: 'body.elect'
  readonly body: string
  readonly members: readonly string[]
}

/** A dataset is closed for good; what is known of it stays as a tombstone. */
export interface TakeDown {
  readonly kind: 'data.takedown'
  readonly dataset: string
  readonly jointly?: Jointly
}

/** Copies of a dataset that are granted from then on are fingerprinted, or are so no more. */
export interface SetFingerprint {
  readonly kind: 'dataset.fingerprint'
  readonly dataset: string
  readonly on: boolean
  readonly jointly?: Jointly
}

/**
 * `join`: a community keeps the dataset beside those that do, under a licence of its own. `leave`: it
 * gives its place up; where all must permit, its terms go on binding. `end`: those who remain let go
 * of the terms it left behind.
 */
export type ChangeCustody = {
  readonly kind: 'dataset.custody'
  readonly dataset: string
  readonly community: string
  readonly jointly?: Jointly
} & (
  | {
      readonly step: 'join'
      readonly rule: CustodyRule
      /** Digest of its licence. */
      readonly licence: string
    }
  | { readonly step: 'leave' | 'end' }
)

/** Requests of a class are answered yes without a ballot, until a day. */
export interface GrantDelegation {
  readonly kind: 'delegation.grant'
  readonly scope: DelegatedClass
  /** Digests of the licences as they are in force: it holds under these and no others. */
  readonly licences: readonly string[]
  /** Epoch ms, exclusive. */
  readonly until: number
}

/** Requests of the class come before the council again. */
export interface EndDelegation {
  readonly kind: 'delegation.end'
  readonly delegation: string
}

/** A standing decision that one of the council stopped goes on, as it was voted on. */
export interface ResumeDelegation {
  readonly kind: 'delegation.resume'
  readonly delegation: string
  /** When it was paused, in epoch ms: what is paused anew since stays so. */
  readonly since: number
}

export interface AmendCharter {
  readonly kind: 'charter.amend'
  readonly digest: string
  readonly version: number
  /** The whole charter: public from the day it is proposed, and never erased. */
  readonly charter: unknown
}

/** The matter of the charter under which each effect is decided. */
export const MATTER_OF = {
  'dataset.publish': 'dataset.publish',
  'dataset.ratify': 'access.suspend',
  'dataset.reopen': 'release.stage',
  'grant.issue': 'access.grant',
  'grant.renew': 'access.renew',
  'grant.revoke': 'access.revoke',
  'duty.waive': 'duty.waive',
  'licence.adopt': 'licence.adopt',
  'member.admit': 'member.admit',
  'member.attest': 'member.attest',
  'charter.amend': 'charter.amend',
  'member.end': 'member.admit',
  'body.elect': 'body.elect',
  'data.takedown': 'data.takedown',
  'delegation.grant': 'delegation.grant',
  // Taking back is never harder than giving (L3).
  'delegation.end': 'access.revoke',
  // Going on gives what handing over gave.
  'delegation.resume': 'delegation.grant',
  // Whoever keeps a dataset decides under which licences it is used.
  'dataset.custody': 'licence.adopt',
  'dataset.fingerprint': 'fingerprint.policy',
} as const satisfies Record<Effect['kind'], string>

/** Who decides where a charter has no rule of its own: letting somebody off is for those who let them in. */
export const MATTER_INSTEAD: Readonly<Partial<Record<Effect['kind'], Matter>>> = {
  'duty.waive': 'access.grant',
}
