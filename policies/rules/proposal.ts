import { digestOf } from './canonical.ts'
import type { GroupRule, SecrecyRule } from './charter.ts'
import type { Fraction } from './fraction.ts'
import type { Matter } from './matters.ts'

/** A member as the register knows them; `group` is the one primary group they count for. */
export interface RollMember {
  readonly member: string
  readonly group?: string
}

/** Who belongs to which body at the moment of opening; keys of `bodies` are the charter's body names. */
export interface Register {
  readonly bodies: Readonly<Record<string, readonly RollMember[]>>
  /** Who may enter and confirm the ballots of a meeting. */
  readonly stewards?: readonly string[]
  /** Who speaks for whom when they cast no ballot themselves. */
  readonly proxies?: Readonly<Record<string, string>>
}

/** The part of a charter rule that counts ballots. */
export interface FrozenRule {
  readonly body: string
  readonly approveOfRoll: Fraction
  readonly approveOfCast: Fraction
  readonly minDeciders: number
  readonly groups: GroupRule | null
  readonly objection: 'none' | 'blocks'
  readonly effect: string
  readonly vetoBody: string | null
  readonly appealBody: string | null
}

/** Lengths in milliseconds; a window is 0 where no body may use it. */
export interface FrozenTimes {
  readonly openFor: number
  readonly lateWindow: number
  readonly extension: number
  readonly maxExtensions: number
  readonly veto: number
  readonly appeal: number
  readonly execWithin: number
  readonly retryAfter: number
}

/** In whose name whoever asked for something appeals: they may have no seat. No member is called so. */
export const APPLICANT = 'applicant'

/** Everything a vote depends on, fixed at opening. Plain JSON: it is stored in the opening event. */
export interface Frozen {
  readonly id: string
  readonly community: string
  readonly matter: Matter
  readonly textDigest: string
  readonly charterDigest: string
  readonly charterVersion: number
  readonly rule: FrozenRule
  readonly times: FrozenTimes
  /** Member to primary group, `''` for none. */
  readonly roll: Readonly<Record<string, string>>
  readonly proxies: Readonly<Record<string, string>>
  readonly proxyCarriesObjection: boolean
  /** Who may enter ballots for others, and how much of the roll may vote so; absent where nobody may. */
  readonly assisted?: { readonly stewards: readonly string[]; readonly maxShare: Fraction }
  readonly vetoers: readonly string[]
  readonly appealers: readonly string[]
  /** Who stands aside from the start, as it is decided about themselves; absent where nobody does. */
  readonly aside?: readonly string[]
  /** Somebody asked for what is decided: as {@link APPLICANT} they may appeal against a no, once. */
  readonly applicant?: true
  /** Epoch milliseconds. */
  readonly openedAt: number
  /** First close in epoch milliseconds; late flips may move it, see {@link View}. */
  readonly closesAt: number
  readonly maxRecusedShare: Fraction
  readonly recusalByPeers: Fraction
  readonly secrecy: SecrecyRule
}

export type Choice = 'yes' | 'no' | 'abstain' | 'object'

export type AppealGrounds = 'roll' | 'conflict' | 'procedure' | 'new-facts'

/** What a member said at a meeting. */
export interface AssistedBallot {
  readonly member: string
  readonly choice: Choice
  readonly reason?: string
}

/** The ballots of a meeting, entered by one steward; they count once another has confirmed them. */
export interface Minute {
  readonly by: string
  readonly ballots: readonly AssistedBallot[]
  readonly confirmed: boolean
}

/** By which a signed ballot is told from every other one of its vote. */
export interface BallotMark {
  /** Public key of the device: Ed25519, base64url. */
  readonly key: string
  /** Grows with each ballot of the device, so that an old one never replaces a newer. */
  readonly number: number
}

/** What can happen to an open proposal; `at` is epoch milliseconds of the server clock. */
export type ProposalEvent =
  | {
      readonly type: 'ballot'
      readonly by: string
      readonly choice: Choice
      readonly reason?: string
      /** The device that signed it, and the number it gave it; absent for a ballot of a session. */
      readonly signed?: BallotMark
      readonly at: number
    }
  | { readonly type: 'add-key'; readonly by: string; readonly key: string; readonly at: number }
  | { readonly type: 'end-key'; readonly by: string; readonly key: string; readonly at: number }
  | { readonly type: 'recuse'; readonly by: string; readonly reason: string; readonly at: number }
  | {
      readonly type: 'recuse.peers'
      readonly member: string
      /** The deciders who require it. */
      readonly by: readonly string[]
      readonly reason: string
      readonly at: number
    }
  | { readonly type: 'withdraw-objection'; readonly by: string; readonly at: number }
  | {
      readonly type: 'assist'
      readonly minute: string
      readonly by: string
      readonly ballots: readonly AssistedBallot[]
      readonly at: number
    }
  | {
      readonly type: 'confirm-assist'
      readonly minute: string
      readonly by: string
      readonly at: number
    }
  | { readonly type: 'veto'; readonly by: string; readonly reason: string; readonly at: number }
  | { readonly type: 'lift-veto'; readonly by: string; readonly at: number }
  | {
      readonly type: 'appeal'
      readonly by: string
      readonly grounds: AppealGrounds
      readonly reason: string
      readonly at: number
    }
  | { readonly type: 'decide-appeal'; readonly upheld: boolean; readonly at: number }
  | { readonly type: 'enact'; readonly effect: string; readonly at: number }

export type Phase =
  | 'open'
  | 'rejected'
  | 'inquorate'
  | 'standstill'
  | 'vetoed'
  | 'appealed'
  | 'annulled'
  | 'enactable'
  | 'enacted'
  | 'expired'

/** One sentence of why a tally passes or not. */
export interface TallyReason {
  readonly code: string
  readonly text: string
}

export interface Tally {
  readonly yes: number
  /** Objections are among them. */
  readonly no: number
  readonly abstain: number
  /** Reasoned objections that stand. */
  readonly objections: number
  /** The frozen roll without the recused. */
  readonly deciders: number
  /** Members whose voice is counted, themselves or by proxy. */
  readonly cast: number
  /** Of these, members heard by a ballot that stewards entered for them. */
  readonly assisted: number
  /** Yes votes needed of the deciders. */
  readonly needed: number
  /** Groups that must bring, and have brought, their yes votes; both 0 when groups don't matter. */
  readonly groups: { readonly need: number; readonly have: number }
  readonly pass: boolean
  readonly inquorate: boolean
  readonly reasons: readonly TallyReason[]
}

/** The state of a proposal at one instant; instants are epoch milliseconds. */
export interface View {
  readonly phase: Phase
  readonly closesAt: number
  readonly extensions: number
  /** Provisional while the phase is `open`. */
  readonly tally: Tally
  readonly vetoedBy?: string
  readonly effect?: string
  /** From when the effect may happen, if the vote has closed and passed and nothing holds it back. */
  readonly enactableFrom: number | null
  /** When an accepted decision lapses. */
  readonly expiresAt: number | null
  /** The next instant at which the phase changes although nobody does anything. */
  readonly nextChangeAt: number | null
  /** The events that counted, in order. */
  readonly accepted: readonly ProposalEvent[]
}

/** Identity of an effect, the same however often it is tried: digest of proposal id and effect. */
export function effectId(
  frozen: Pick<Frozen, 'id'>,
  effect: string,
  sha256: (bytes: Uint8Array) => Uint8Array,
): string {
  return digestOf({ proposal: frozen.id, effect }, sha256)
}
