import type { Decision, Duty, DutyEvent, Facts, Use } from '../../../policies/index.ts'
import type { Contribution, ManifestFile } from '../datasets/datasets.ts'
import type { Executors, ProposalResult } from '../governance/governance.ts'
import type { LicenceRecord } from '../licences/licences.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import type { AccessRequest } from './access-request.ts'
import type { DelegationDesk } from './delegation.ts'
import type { Deletion, DeletionDesk } from './deletions.ts'
import type {
  AllPasses,
  DoorRefusal,
  Download,
  FileRequest,
  OpenedDownload,
  Pass,
  Span,
} from './passage.ts'
import type { ReadingDesk } from './reading-desk.ts'
import type { Settlement } from './settlement.ts'
import type { Tickets } from './tickets.ts'
import type { TraceDesk } from './trace-leak.ts'
import type { ContributionUse } from './uses-of.ts'

export type { AccessRequest, Submission } from './access-request.ts'
export type { Deletion } from './deletions.ts'
export type { ContributionUse, UsedFile } from './uses-of.ts'

export interface GrantedDuty {
  readonly kind: string
  readonly clause: string
  /** Days from the first use of the grant; null: no date. */
  readonly withinDays: number | null
  /** Epoch ms from which they count instead: it was taken on with later terms. */
  readonly since?: number
}

/** What happened to one duty; what was handed in and said is empty after erasure. */
export interface DutyRecord extends DutyEvent {
  readonly kind: string
  readonly evidence: readonly { readonly field: string; readonly text: string }[]
  readonly words: string
  /** Member who answered, or null. */
  readonly by: string | null
  readonly entry: number
}

/** New terms a holder has taken on. */
export interface Acceptance {
  readonly licence: string
  readonly version: number
  readonly at: number
  readonly entry: number
}

/** Somebody named to use a grant beside its holder. */
export interface TeamMember {
  /** Random id by which the public log knows them, in this grant only. */
  readonly id: string
  /** As the holder named them, lower case; `''` after erasure. */
  readonly email: string
  readonly namedAt: number
  /** null until they accept, and after erasure. */
  readonly account: string | null
  /** What they declared when they accepted. */
  readonly facts: Facts
  /** The terms they accepted last; null: they were named and no more. */
  readonly accepted: {
    readonly licence: string
    readonly at: number
    readonly entry: number
  } | null
  /** When they left or were taken off. */
  readonly endedAt: number | null
}

/** A permission given to one person, bound to one version, one licence and one decision. */
export interface Grant {
  readonly id: string
  readonly request: string
  readonly dataset: string
  readonly community: string
  readonly version: string
  readonly manifestDigest: string
  readonly licence: string
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
  readonly duties: readonly GrantedDuty[]
  /** The communities whose councils voted for it, where several keep the dataset. */
  readonly approvedBy?: readonly string[]
  /** What the votes it rests on have settled; it holds under these versions of the licences alone. */
  readonly settled?: readonly Settlement[]
  /** The proposal whose enactment allows it, and the log index of that enactment. */
  readonly decision: { readonly proposal: string; readonly entry: number }
  /**
   * `vote`: the council voted on this request; `delegation`: on requests of its class; `licence`: on
   * the version whose licence permits it.
   */
  readonly basis: 'vote' | 'licence' | 'delegation'
  /** The standing decision that answered the request, and the log index of that answer. */
  readonly delegation?: { readonly id: string; readonly entry: number }
  /** Its place in the status list: the log index of its request. */
  readonly statusIndex: number
  /** Pseudonym of the holder, for this grant only. */
  readonly subject: string
  /** Copies under it lack some rows; `mark` says which, and is null after erasure. */
  readonly fingerprint?: boolean
  readonly mark?: string | null
  readonly issuedAt: number
  readonly expiresAt: number
  /** The claims that were signed, byte for byte. */
  readonly payload: string
  readonly account: string | null
  /** Its holder, where it is looked at as it stands for one of the team. */
  readonly inTeamOf?: string | null
  readonly facts: Facts
  readonly revokedAt: number | null
  /** When the first byte was handed over, or null. */
  readonly firstUseAt: number | null
  /** The newer version of the licence its holder accepted last. */
  readonly accepted: Acceptance | null
  /** Those who may use it beside the holder once they have accepted, in the order they were named. */
  readonly team: readonly TeamMember[]
  /** How many of them the decision covers. */
  readonly places: number
  /** The grant whose place it has taken, or null. */
  readonly renews: string | null
  /** The grant that has taken its place, or null. */
  readonly renewedBy: string | null
  /** What happened to its duties, oldest first. */
  readonly dutyEvents: readonly DutyRecord[]
  /** What its holder was asked to delete, oldest first. */
  readonly deletions: readonly Deletion[]
  /** Log index of `grant.issued`. */
  readonly entry: number
}

/** The words of a duty by its clause; its kind when the licence has none. */
export type DutyWords = (clause: string, kind: string) => string

/** The licence's answer with its words. */
export interface ExplainedDecision {
  readonly decision: Decision
  readonly reasons: readonly { readonly clause: string; readonly text: string }[]
  /** What each duty asks for, in the words of the licence. */
  readonly dutyWords: DutyWords
  readonly facts: Facts
}

export type * from './passage.ts'

export type GrantState =
  | 'active'
  | 'suspended'
  | 'revoked'
  | 'renewed'
  | 'expired'
  | 'reacceptNeeded'
  | 'narrowed'

/** Where a grant stands, with the reason when it is not simply good. */
export interface Standing {
  readonly state: GrantState
  readonly reason: string | null
  /** The version of the licence to accept, when that is what is missing, and what it adds. */
  readonly newTerms: { readonly licence: LicenceRecord; readonly duties: readonly Duty[] } | null
}

/** A document that is to be, or has become, the newest version of a licence. */
export interface LicenceChange {
  readonly community: string
  /** Id of the licence it is a version of. */
  readonly licence: string
  readonly document: unknown
}

/** Counted over what the one who asks may see. */
export interface LicenceImpact {
  /** Published datasets under some version of this licence. */
  readonly datasets: number
  /** Grants in force on them. */
  readonly grants: number
  /** Of these, grants that go on only once their holders accept the new terms. */
  readonly reaccept: number
  /** Of these, grants whose use the new terms no longer allow. */
  readonly closed: number
  /** Duties of these grants that are still to be kept. */
  readonly duties: number
}

export type GrantResult = { readonly ok: true; readonly grant: Grant } | Refusal
export type RequestResult =
  | { readonly ok: true; readonly request: AccessRequest; readonly grant: Grant | null }
  | Refusal

/** What can be asked of grants. */
export interface Grants extends DelegationDesk, ReadingDesk, DeletionDesk, TraceDesk {
  request(id: string): Promise<AccessRequest | null>
  requestsOf(account: string): Promise<readonly AccessRequest[]>
  grant(id: string): Promise<Grant | null>
  grantsOf(account: string, dataset?: string): Promise<readonly Grant[]>
  /** The same, and those of whose team the person is. */
  grantsUsedBy(account: string, dataset: string): Promise<readonly Grant[]>
  /** Who may use what a contribution gave, or could, and what they had of it; newest grant first. */
  usesOf(contribution: Contribution): Promise<readonly ContributionUse[]>
  downloadsOf(grant: string): Promise<readonly Download[]>
  /** The standing of all grants as a signed Token Status List. */
  statusList(): Promise<string>
  /** The signed grant (JWS), the same bytes every time. */
  token(grant: Grant): Promise<string>
  /** What a grant comes to as ODRL; null when its licence cannot be read any more. */
  agreement(grant: Grant): Promise<object | null>
  /** What the duties of a grant ask for, in the words of its licence. */
  dutyWords(grant: Grant): Promise<DutyWords>
  /** The name of the file that was handed over; its digest when there is none any more. */
  pathOf(download: Download): Promise<string>
  /** A signed receipt (JWS) of a completed download, for whoever downloaded. */
  receipt(actor: Actor | null, download: Download): Promise<string | null>
  /** Downloads of a community and how many of them rest on an enacted decision. */
  counts(community: string): Promise<{ downloads: number; covered: number }>
  /** Grants of a community with a duty to look at: running, handed in, late or breached. */
  grantsWithDuties(community: string): Promise<readonly Grant[]>

  precheck(actor: Actor | null, input: unknown): Promise<ExplainedDecision | null>
  /** The decision for a request as it was submitted, by today's rules and facts. */
  explain(request: AccessRequest): Promise<ExplainedDecision | null>
  /** Where a grant stands now. */
  standing(grant: Grant): Promise<Standing>
  /** What a licence that is put to the vote, or has been adopted, does to what is in use. */
  impact(actor: Actor | null, change: LicenceChange): Promise<LicenceImpact>
  acceptLicence(actor: Actor, input: unknown): Promise<GrantResult>
  requestAccess(actor: Actor, input: unknown): Promise<RequestResult>
  /** Asks for a further term of a grant that one holds. */
  renewAccess(actor: Actor, input: unknown): Promise<RequestResult>
  /** The request for a further term that is still undecided, or null. */
  pendingRenewal(grant: Grant): Promise<AccessRequest | null>
  /** Hands a returned request in again. */
  reviseRequest(actor: Actor, input: unknown): Promise<RequestResult>
  /** What the council had refused this person on this dataset before, newest first; null: nothing. */
  refusedBefore(request: AccessRequest): Promise<AccessRequest | null>
  /** From when the same may be asked again; null while nothing bars it. */
  askAgainAt(request: AccessRequest): Promise<number | null>
  withdraw(actor: Actor, request: string): Promise<RequestResult>
  /** The holder names somebody for the team, within what the decision covers. */
  nameMember(actor: Actor, input: unknown): Promise<GrantResult>
  /** Somebody who was named takes on terms and duties. */
  acceptPlace(actor: Actor, input: unknown): Promise<GrantResult>
  /** A place ends, by whoever has it or by the holder. */
  endPlace(actor: Actor, input: unknown): Promise<GrantResult>
  /** Grants in whose team somebody is, or was named under an address that is shown to be theirs. */
  teamPlaces(actor: Pick<Actor, 'account'>): Promise<readonly Grant[]>
  reportDuty(actor: Actor, input: unknown): Promise<GrantResult>
  answerDuty(actor: Actor, input: unknown): Promise<GrantResult>
  proposeWaiver(actor: Actor, input: unknown): Promise<ProposalResult>
  proposeRevocation(actor: Actor, input: unknown): Promise<ProposalResult>

  /** May this person have this file now? Nothing is recorded. */
  pass(actor: Actor | null, file: FileRequest): Promise<Pass | DoorRefusal>
  /** Records the refusal, at most once a minute for the same person, dataset and reason. */
  recordRefusal(
    actor: Actor | null,
    version: Omit<FileRequest, 'path'>,
    refusal: DoorRefusal,
  ): Promise<void>
  /** Digests and paths of all files of a version, for whoever may download them. */
  checksums(
    actor: Actor | null,
    version: Omit<FileRequest, 'path'>,
  ): Promise<{ readonly ok: true; readonly text: string } | DoorRefusal>
  /** The files of a version as this person gets them, where theirs differ; null: as all others. */
  ownFiles(
    actor: Actor | null,
    version: Omit<FileRequest, 'path'>,
  ): Promise<readonly ManifestFile[] | null>
  /** Every file of a version at once, but for those that were taken back. Nothing is recorded. */
  passAll(actor: Actor | null, version: Omit<FileRequest, 'path'>): Promise<AllPasses | DoorRefusal>
  /** Opens the bytes once a record of this day names them. Throws `DamagedBlobError` with none made. */
  open(pass: Pass, span: Span): Promise<OpenedDownload>
  /** Links that work once. */
  readonly tickets: Tickets
  /** null when the grant still stands; asked again while bytes flow. */
  recheck(pass: Pass): Promise<DoorRefusal | null>
  completed(pass: Pass, opened: OpenedDownload): Promise<void>
  cut(pass: Pass, opened: OpenedDownload, reason: string): Promise<void>

  /** Brings about what had not followed from a request when the process ended. */
  recover(): Promise<void>
  readonly executors: Pick<
    Executors,
    | 'grant.issue'
    | 'grant.renew'
    | 'grant.revoke'
    | 'duty.waive'
    | `delegation.${'grant' | 'end' | 'resume'}`
  >
}

export type { Use }
