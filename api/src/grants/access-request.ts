import type { CustodyRule, Facts } from '../../../policies/index.ts'
import type { SettledClauses } from './settlement.ts'

/** What was asked and declared, as it was handed in once. */
export interface Submission {
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
  readonly duties: readonly string[]
  readonly facts: Facts
  readonly project: string
  readonly days: number
  /** E-mail addresses of those who would use it beside the requester. */
  readonly team: readonly string[]
  readonly at: number
  /** Log index of the event that recorded it. */
  readonly entry: number
}

/** What someone asked to do with one version of a dataset. */
export interface AccessRequest {
  readonly id: string
  readonly dataset: string
  readonly version: string
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
  /** Duties the requester accepted. */
  readonly duties: readonly string[]
  /** What the licence answered when it was submitted. */
  readonly decision: 'permit' | 'refer' | 'deny'
  /** Clauses that were named, for a refusal. */
  readonly clauses: readonly string[]
  /** The grant for which it asks a further term, or null. */
  readonly renews: string | null
  /** The vote of the community that was asked first. */
  readonly proposal: string | null
  /** Whose councils have to be asked where several communities keep the dataset; otherwise empty. */
  readonly councils: readonly string[]
  /** Whether all of them must agree, or one is enough. */
  readonly rule: CustodyRule
  /** What the licences leave to people, for these councils to settle by their votes on it. */
  readonly settles?: readonly SettledClauses[]
  /** The votes on it, the newest of each community. */
  readonly asked: readonly { readonly community: string; readonly proposal: string }[]
  /** The standing decision that answered it, and what that answer was for; null: none did. */
  readonly standing: {
    readonly delegation: string
    readonly manifestDigest: string
    readonly licence: string
    /** Log index of `delegation.used`. */
    readonly entry: number
  } | null
  readonly grant: string | null
  readonly submittedAt: number
  readonly withdrawn: boolean
  readonly refused: boolean
  /** null after erasure. */
  readonly account: string | null
  /** As declared by the requester. */
  readonly facts: Facts
  readonly project: string
  readonly days: number
  /** E-mail addresses of those who would use it beside the requester; empty after erasure. */
  readonly team: readonly string[]
  /** Whoever asked was told that copies are fingerprinted. */
  readonly fingerprint?: boolean
  /** Log index of the event that recorded it. */
  readonly entry: number
  /** What was handed in before, oldest first. */
  readonly submissions: readonly Submission[]
  /** When what stands now was handed in, and the log index of that. */
  readonly stands: { readonly at: number; readonly entry: number }
  /** Handed in again and not yet before those who decide. */
  readonly pending: boolean
}
