import type {
  Choice,
  Frozen,
  Matter,
  OpenedBallot,
  Phase,
  ProposalEvent,
  SignedBallot,
  Tally,
  View,
} from '../../../policies/index.ts'
import type { Fields, Refusal, StoredEvent } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import type { Effect } from './effect.ts'
import type { Revised } from './revise.ts'

/** What `proposal.closed` wrote down. It stands, whatever private fields are erased afterwards. */
export interface Outcome
  extends Pick<Tally, 'pass' | 'deciders' | 'yes' | 'no' | 'abstain' | 'objections' | 'assisted'> {
  readonly phase: Phase
}

/** How the register counts a proposal. */
export type Counted = 'open' | 'decided' | 'unanswered'

/** Words and effect that stood before. */
export interface Revision {
  readonly title: string
  readonly text: string
  readonly textDigest: string
  readonly effect: Effect
  readonly at: number
  /** Log index of the event that brought them. */
  readonly entry: number
}

/** Ballots of a meeting as they were entered; texts and names are empty after erasure. */
export interface EnteredMinute {
  readonly id: string
  readonly by: string
  readonly at: number
  readonly entry: number
  readonly text: string
  /** SHA-256 of the text, as the log shows it. */
  readonly digest: string
  readonly ballots: readonly {
    readonly member: string
    readonly choice: Choice
    readonly reason: string
    readonly nonce: string
  }[]
  /** When another steward confirmed it, who and where that is in the log; null before. */
  readonly confirmed: { readonly by: string; readonly at: number; readonly entry: number } | null
}

/** Sent back by one who would vote on it. */
export interface Returned {
  /** Empty after erasure. */
  readonly words: string
  readonly at: number
  readonly entry: number
}

/** A device by which a member signs ballots in one vote. */
export interface BallotKey {
  /** Ed25519, base64url. */
  readonly key: string
  /** Empty after erasure, as `opens` is. */
  readonly by: string
  /** The secret that registry and device share: who carries a ballot cannot read it. */
  readonly opens: string
  readonly at: number
  /** Log index of the event that named it. */
  readonly entry: number
  /** When it was ended, or null. */
  readonly ended: number | null
  /** Its last ballot that was counted, or null. */
  readonly last: HandedIn | null
}

/** A signed ballot and where it lies in the log. */
export interface HandedIn extends Pick<SignedBallot, 'number' | 'seal'> {
  readonly entry: number
}

/** A proposal as projected from its stream `proposal/<id>`. */
export interface Proposal {
  readonly id: string
  readonly community: string
  readonly matter: Matter
  readonly title: string
  readonly text: string
  readonly textDigest: string
  readonly effect: Effect
  /** Private fields of the effect, e.g. whom it admits; empty after erasure. */
  readonly secret: Fields
  /** Account of the sponsor, or null when the registry made it for a request. */
  readonly sponsor: string | null
  readonly madeAt: number
  /** What stood before, oldest first. */
  readonly revisions: readonly Revision[]
  /** When what stands now was handed in, and the log index of that. */
  readonly stands: { readonly at: number; readonly entry: number }
  /** Waits to be handed in again; null otherwise. */
  readonly returned: Returned | null
  /** Talked over before its vote, not opened as it is made. */
  readonly discussed: boolean
  /** When its vote opens by itself, or null. */
  readonly opensAt: number | null
  /** 1, or more where it takes the place of one that too few could decide. */
  readonly attempt: number
  /** The one whose place it takes, or null. */
  readonly reruns: string | null
  /** The one that took its place, or null. */
  readonly rerunAs: string | null
  /** Who decides in place of the body of the rule, or null. */
  readonly escalatedTo: string | null
  /** ISO 8601 duration the sponsor asked for; null: the longest the charter allows. */
  readonly openFor: string | null
  readonly stage: 'deliberation' | 'open' | 'withdrawn'
  readonly frozen: Frozen | null
  readonly events: readonly ProposalEvent[]
  /** Log index of every ballot, by member, newest last. */
  readonly ballotEntries: Readonly<Record<string, number>>
  /** What sealed the newest ballot of each member; gone once it is erased. */
  readonly nonces: Readonly<Record<string, string>>
  /** Secret of this vote from which the slots of its roll follow; `''` once it is erased. */
  readonly slotKey: string
  /** Devices that sign in this vote, oldest first; absent before the first. */
  readonly keys?: readonly BallotKey[]
  /** The ballots that were counted, without names; null before the close. */
  readonly opened: readonly OpenedBallot[] | null
  /** What was entered from meetings, oldest first. */
  readonly minutes: readonly EnteredMinute[]
  /** Log indexes of all its events. */
  readonly entries: readonly number[]
  /** Log index of `proposal.closed`, which records the tally, or null. */
  readonly closedIdx: number | null
  /** The result as it was counted at the close; absent before it. */
  readonly outcome?: Outcome
  /** Log index of `proposal.enacted`, or null. */
  readonly enactedIdx: number | null
  /** Log index of the event that carried the effect out, or null. */
  readonly effectIdx: number | null
  /** Nothing more will follow by itself. */
  readonly settled: boolean
  /** What it counts as in the public register; null before its vote and when withdrawn. */
  readonly counted: Counted | null
}

/** The second try, with a wider notice, and the last one, before the body that hears appeals. */
export interface Again {
  /** The proposal that too few could decide. */
  readonly of: string
  /** 2 or 3. */
  readonly attempt: number
  /** Who decides in place of the body of the rule, or null. */
  readonly body: string | null
  /** Account of the first sponsor. */
  readonly sponsor: string | null
}

/** What a domain hands in to ask for a vote. */
export interface NewProposal {
  readonly community: string
  readonly title: string
  readonly text: string
  readonly effect: Effect
  readonly secret?: Fields
  readonly sponsor: Actor | null
  /** ISO 8601 duration within the charter's bounds; left out: the longest it allows. */
  readonly openFor?: string
  /** Opens the vote at once unless the charter has it talked over (default), or leaves it in deliberation. */
  readonly open?: boolean
  /** It takes the place of one that too few could decide. */
  readonly again?: Again
  /** Idempotency key; the same key gives back the same proposal. */
  readonly cmd: string
}

/** Proof in the type system that a vote has been enacted; only `governance/enact.ts` makes one. */
export interface EnactedDecision<E extends Effect = Effect> {
  readonly proposal: Proposal
  readonly effect: E
  /** H(proposal id, effect): the command id under which the effect happens, once. */
  readonly effectId: string
  /** Log index of `proposal.enacted`. */
  readonly enactedIdx: number
}

/** How a domain carries out its effects. It returns the event it recorded. */
export type Executors = {
  readonly [K in Effect['kind']]: (
    decision: EnactedDecision<Extract<Effect, { kind: K }>>,
  ) => Promise<StoredEvent>
}

/** A refusal may leave a proposal behind: recorded, its vote not opened. */
export type ProposalRefusal = Refusal & { readonly kept?: Proposal }

export type ProposalResult = { readonly ok: true; readonly proposal: Proposal } | ProposalRefusal

/** What the other domains may ask of governance. It never calls up into them. */
export interface Governance {
  propose(proposal: NewProposal): Promise<ProposalResult>
  /** Puts other words and another effect in place of what was proposed, before its vote. */
  revise(id: string, revised: Revised, cmd: string): Promise<ProposalResult>
  proposal(id: string): Promise<Proposal | null>
  /** null while in deliberation or withdrawn. */
  view(proposal: Proposal): View | null
  /** What a vote may still bring about, or has and is being carried out, in all communities. */
  pending(kind: Effect['kind']): Promise<readonly Proposal[]>
  /** How many votes were ever asked for on a licence of a community, whatever has become of them. */
  adoptionsAsked(community: string, licence: string): Promise<number>
  /** The enacted decision of a proposal, or null while there is none. */
  enacted(id: string): Promise<EnactedDecision | null>
}
