import type {
  Licence,
  LicenceCode,
  ParseCharterResult,
  SaidChange,
} from '../../../policies/index.ts'
import type { Executors, Proposal, ProposalResult } from '../governance/governance.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor } from '../people/people.ts'

export { templateTitle } from './template-notes.ts'

/** One adopted version of a licence; the digest names its canonical document. */
export interface LicenceRecord {
  readonly digest: string
  /** The licence this is a version of. */
  readonly id: string
  readonly version: number
  readonly title: string
  readonly community: string
  /** ODRL 2.2 JSON-LD, exactly as hashed. */
  readonly document: unknown
  /** Epoch ms. */
  readonly adoptedAt: number
  readonly template: string | null
  /** The proposal that adopted it; null for the licence a community was founded with. */
  readonly proposal: string | null
}

/** A document and the digest it is found by. */
export type Hashed = Pick<LicenceRecord, 'digest' | 'document'>

/** A claim in words, with what the proof says of it. */
export interface ProvedClaim {
  readonly id: string
  readonly text: string
  /** Null: the licence was too large to decide it, which is no proof. */
  readonly holds: boolean | null
  /** A request that the claim rules out and the licence permits. */
  readonly counterexample: string | null
  readonly method: string
  /** How many requests the licence can tell apart within the claim. */
  readonly states: number
}

/** Data that comes with the kernel, ready to be adopted. */
export interface Template {
  readonly name: string
  readonly title: string
  readonly description: string
  /** Address of the licence that inspired it, if another did. */
  readonly inspiredBy: string | null
  readonly document: unknown
}

/** What the other domains may ask about licences. */
export interface Licences {
  licence(digest: string): Promise<LicenceRecord | null>
  adoptedBy(community: string): Promise<readonly LicenceRecord[]>
  /** Every adopted version of one licence, newest first. */
  versionsOf(licence: string): Promise<readonly LicenceRecord[]>
  /** The vote that is under way on a licence, or null. */
  voteOn(licence: string): Promise<Proposal | null>
  /** The newest adopted version of the licence this is a version of; null when this is the newest. */
  newerThan(digest: string): Promise<LicenceRecord | null>
  /** The same for many in two reads, by digest; those that are the newest are left out. */
  newerThanThese(digests: readonly string[]): Promise<ReadonlyMap<string, LicenceRecord>>
  licencesByDigest(digests: readonly string[]): Promise<readonly LicenceRecord[]>
  /** All adopted versions, newest first. */
  all(): Promise<readonly LicenceRecord[]>
  /** The licence a record holds, parsed once for each digest; null when it cannot be read. */
  parsed(record: Hashed): Licence | null
  /** What the licence claims of itself, each with its proof. */
  claims(record: Hashed): readonly ProvedClaim[]
  /** Codes of other schemes that its terms imply, each proved. */
  codes(record: Hashed): readonly LicenceCode[]
  /** What `after` changes against `before`, in words; null when one cannot be read. */
  change(versions: { readonly before: Hashed; readonly after: Hashed }): SaidChange | null
  licenceTemplates(): readonly Template[]
  charterTemplates(): readonly Template[]
  /** The first licence of a community, adopted by its founding. */
  adoptFounding(
    community: string,
    choice: unknown,
    cmd: string,
  ): Promise<{ ok: true; licence: LicenceRecord } | Refusal>
  /** Why `adoptFounding` would refuse this choice, or null. */
  checkFounding(choice: unknown): Refusal | null
  /** The charter of a new community from a template, in force from today. */
  charterFor(template: string, community: string): ParseCharterResult
  propose(actor: Actor, input: unknown): Promise<ProposalResult>
  readonly executors: Pick<Executors, 'licence.adopt'>
}
