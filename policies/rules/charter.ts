import { digestOf } from './canonical.ts'
import type { Fraction } from './fraction.ts'
import type { Matter } from './matters.ts'

/** Text by language tag (BCP 47). */
export type Texts = Readonly<Record<string, string>>

/** A set of people who decide, veto or hear appeals. */
export interface CharterBody {
  /** Name of the membership list the registry keeps for this body. */
  readonly register: string
  /** What the primary group of a member stands for, such as a village; absent if it has no groups. */
  readonly groupBy?: string
  readonly title?: Texts
}

/** `need` of all groups must each bring `minYes` yes votes. */
export interface GroupRule {
  readonly need: Fraction
  readonly minYes: number
}

/** How long the vote runs; all durations are ISO 8601. */
export interface OpenRule {
  readonly min: string
  readonly max: string
  /** A result that flips within this time before the close moves the close… */
  readonly lateWindow: string
  /** …to this long after the flip… */
  readonly extension: string
  /** …at most this many times. */
  readonly maxExtensions: number
}

export interface VetoRule {
  readonly body: string
  readonly window: string
  /** A veto is final for its proposal; the way on is a new proposal. */
  readonly overridable: false
}

export interface AppealRule {
  readonly body: string
  readonly window: string
}

/** How one matter is decided. */
export interface CharterRule {
  readonly body: string
  /** Yes votes needed, of the frozen roll without the recused. */
  readonly approveOfRoll: Fraction
  /** Yes votes needed, of yes and no together; exactly one half means more than half. */
  readonly approveOfCast: Fraction
  /** Fewer members than this left to decide and the vote is inquorate. */
  readonly minDeciders: number
  readonly groups?: GroupRule
  /** `blocks` decides by consent: one standing reasoned objection stops the proposal. */
  readonly objection: 'none' | 'blocks'
  /** How long a proposal is talked over before its vote opens by itself; left out, it opens at once. */
  readonly deliberation?: string
  readonly open: OpenRule
  readonly veto?: VetoRule
  readonly appeal?: AppealRule
  /** Name of the effect if it differs from the matter. */
  readonly effect?: string
  readonly execWithin: string
  readonly retryAfter: string
}

export interface RecusalRule {
  readonly mustDeclare: readonly string[]
  /** Share of the other deciders that can require a member to stand aside. */
  readonly byPeers: Fraction
  /** More of the roll than this recused and the vote is inquorate. */
  readonly maxShare: Fraction
}

export interface ProxyRule {
  /** 0 forbids proxies; 1 lets a member name one, who cannot pass the vote on. */
  readonly depth: 0 | 1
  /** Whether the objection of a proxy is also an objection of those they speak for. */
  readonly carriesObjection: boolean
}

/** Ballots entered for a member by stewards, who must be this many to confirm each other. */
export interface AssistedRule {
  readonly stewards: number
  readonly maxShare: Fraction
}

export interface SecrecyRule {
  readonly runningTally: 'sealed' | 'open'
  readonly rollCall: 'none' | 'body' | 'community' | 'public'
  /** `min3` hides counts of groups with fewer than three members. */
  readonly publicGroupCounts: 'never' | 'min3' | 'always'
}

/** Who may suspend access at once, for how long, and which matter must ratify it. */
export interface EmergencyRule {
  /** Any one line suffices: `count` members of `body` acting together. */
  readonly who: readonly { readonly body: string; readonly count: number }[]
  readonly maxDuration: string
  readonly coolDown: string
  readonly ratifyBy: Matter
}

/** The written rules of a community; addressed by digest, changed only by its own `charter.amend`. */
export interface Charter {
  readonly charter: 'commonhold-charter/1'
  readonly community: string
  readonly version: number
  /** Digest of the version before; absent in version 1. */
  readonly previous?: string
  /** RFC 3339 instant in UTC. */
  readonly effectiveFrom: string
  readonly title?: Texts
  readonly text?: Texts
  readonly bodies: Readonly<Record<string, CharterBody>>
  readonly matters: Readonly<Partial<Record<Matter, CharterRule>>>
  readonly recusal: RecusalRule
  readonly proxy: ProxyRule
  readonly assisted: AssistedRule
  readonly secrecy: SecrecyRule
  readonly emergency: EmergencyRule
}

/** Members and primary groups of a body, as lint and the rule text need them. */
export interface BodySize {
  readonly members: number
  readonly groups: number
}

/** Identity of a charter: digest of its RFC 8785 canonical bytes. */
export function charterDigest(charter: Charter, sha256: (bytes: Uint8Array) => Uint8Array): string {
  return digestOf(charter, sha256)
}
