import { type Artefact, type ArtefactStages, NAMED_DOWNLOAD } from './artefacts.ts'
import type { Custody } from './custody.ts'

/** What a dataset is made of; it decides which media types may enter. */
export const KINDS = ['text', 'parallel', 'speech', 'lexicon', 'annotations'] as const
export type Kind = (typeof KINDS)[number]

/** A dataset as projected from `dataset/<id>`. */
export interface Dataset {
  readonly id: string
  /** The one that answers for it first: the one that made it, until it gives its place up. */
  readonly community: string
  /** The one that made it, when another one follows it. */
  readonly madeBy?: string | null
  /** Who keeps it beside that one. */
  readonly custody: Custody
  readonly title: string
  readonly description: string
  readonly kind: Kind
  /** BCP 47 tags. */
  readonly languages: readonly string[]
  readonly keywords: readonly string[]
  /** Account of the one who made it, or null after erasure. */
  readonly creator: string | null
  readonly createdAt: number
  /** Number of the newest published version, or null while there is none. */
  readonly newest: string | null
  /** Rung of the release ladder as last decided, 0 to 5; read it through `effectiveStage`. */
  readonly stage: number
  /** The same of single artefacts; read it through `isHeldBack`. */
  readonly artefacts?: ArtefactStages
  /** Epoch ms before which no byte leaves, or null. */
  readonly embargoUntil: number | null
  /** Licence digest of the newest published version, or null. */
  readonly licence: string | null
  readonly publishedAt: number | null
  readonly suspension: Suspension | null
  /** A vote has it that copies which are granted from now on are fingerprinted. */
  readonly fingerprint?: boolean | null
  /** When a vote closed it for good. */
  readonly takenDownAt?: number | null
  /** The proposal of that vote. */
  readonly takenDownBy?: string | null
}

/** Closed at once by a steward or guardian; stays closed until a ballot reopens it. */
export interface Suspension {
  /** Epoch ms. */
  readonly since: number
  readonly ratifyBy: number
  readonly ratified: boolean
  readonly reason: string
  /** Member id, or null after erasure. */
  readonly by: string | null
  /** Whose watch closed it; their vote ratifies it. Left out: that of the one that made it. */
  readonly community?: string | null
  /** Log index of `dataset.suspended`. */
  readonly entry: number
}

/** A version of a dataset by its number. */
export interface VersionName {
  readonly dataset: string
  readonly version: string
}

/** A version as projected; immutable but for its publication. */
export interface Version {
  readonly dataset: string
  /** Semantic version 2.0.0 without build part. */
  readonly version: string
  readonly manifestDigest: string
  readonly statementDigest: string
  /** Digest of the licence. */
  readonly licence: string
  /** Whose licence that is; left out: of the one that made the dataset. */
  readonly community?: string | null
  readonly contributions: readonly string[]
  /** The published versions it was made from. */
  readonly parents: readonly VersionName[]
  readonly assembledAt: number
  /** null: a draft. */
  readonly publishedAt: number | null
  /** The proposal by which it was published first, or null. */
  readonly proposal: string | null
  /** The version it is without withdrawn units; the vote for that one stands for both. */
  readonly narrows: string | null
}

export interface ManifestFile {
  readonly path: string
  /** 64 hexadecimal digits. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  readonly mediaType: string
  /** What it belongs to; left out: to nothing that is released by itself. */
  readonly artefact?: Artefact | undefined
}

/** What a version consists of; stored under its digest and sorted by path. */
export interface Manifest {
  readonly dataset: string
  readonly version: string
  readonly files: readonly ManifestFile[]
  /** What it was made from; left out where there is nothing. */
  readonly parents?: readonly VersionName[] | undefined
}

/** The data statement: text by field, see `STATEMENT_FIELDS`. */
export type Statement = Readonly<Record<string, string>>

/** The community that assembled a version and speaks by the licence it names. */
export const assembledBy = (
  { community, madeBy }: Pick<Dataset, 'community' | 'madeBy'>,
  version: Pick<Version, 'community'>,
): string => version.community ?? madeBy ?? community

/** Key of a version's document. */
export const versionKey = (dataset: string, version: string): string => `${dataset}@${version}`

/** The rung in force now: an embargo or a suspension leaves the metadata alone, a ballot the rest. */
export const effectiveStage = (dataset: Dataset, now: number): number => {
  const held =
    dataset.suspension !== null || (dataset.embargoUntil !== null && now < dataset.embargoUntil)
  return held ? Math.min(dataset.stage, 1) : dataset.stage
}

/** No byte leaves now, whoever asks. */
export const isClosed = (dataset: Dataset, now: number): boolean =>
  effectiveStage(dataset, now) < NAMED_DOWNLOAD

/** Was there for everybody when a vote took it down: its address keeps answering. */
export const isTombstone = ({ newest, stage, takenDownAt }: Dataset): boolean =>
  typeof takenDownAt === 'number' && newest !== null && stage >= 1

/** Open to everybody: published, not sealed and not taken down. */
export const isListed = (dataset: Dataset): boolean =>
  dataset.newest !== null && dataset.stage >= 1 && typeof dataset.takenDownAt !== 'number'
