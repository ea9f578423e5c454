import type { EnactedDecision, Executors, ProposalResult } from '../governance/governance.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import type { Contribution, ErasedUnit } from './contribution.ts'
import type { Dataset, Manifest, ManifestFile, Statement, Version, VersionName } from './dataset.ts'
import type { Evidence } from './evidence.ts'
import type { Asked } from './store.ts'

export { isHeldBack } from './artefacts.ts'
export type { Consent, Contribution, ErasedUnit, SpeakerConsent, Unit } from './contribution.ts'
export { type Custody, keepersOf } from './custody.ts'
export type {
  Dataset,
  Kind,
  Manifest,
  ManifestFile,
  Statement,
  Suspension,
  Version,
  VersionName,
} from './dataset.ts'
export {
  effectiveStage,
  isClosed,
  isListed,
  isTombstone,
  KINDS,
  versionKey,
} from './dataset.ts'

export type DatasetResult = { readonly ok: true; readonly dataset: Dataset } | Refusal
export type ContributionResult =
  | {
      readonly ok: true
      readonly contribution: Contribution
      /** C2SP tlog-proof text that the log holds it. */
      readonly receipt: string
      /** With it somebody without an account can see and withdraw what was given. */
      readonly secret: string
    }
  | Refusal
export type VersionResult = { readonly ok: true; readonly version: Version } | Refusal

/** What the catalogue is asked. Lists are alternatives; different lists must all match. */
export interface CatalogueQuery {
  readonly text?: string
  readonly languages?: readonly string[]
  readonly communities?: readonly string[]
  readonly licences?: readonly string[]
  readonly kinds?: readonly string[]
  /** Effective rungs, 1 to 5, as text. */
  readonly stages?: readonly string[]
  readonly sort?: 'relevance' | 'newest'
  /** 1 to 100. */
  readonly first?: number
  /** Cursor of the page before. */
  readonly after?: string | null
}

export interface CatalogueFacet {
  readonly name: 'language' | 'community' | 'licence' | 'kind' | 'stage'
  readonly values: readonly { readonly value: string; readonly count: number }[]
}

export interface CataloguePage {
  readonly total: number
  readonly nodes: readonly Dataset[]
  readonly facets: readonly CatalogueFacet[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

/** Something that nobody may hold any more. */
export interface GoneForGood {
  readonly dataset: string
  /** SHA-256 of the units; null: the whole dataset. */
  readonly units: readonly string[] | null
  /** Epoch ms from which nothing of it left any more. */
  readonly at: number
  /** Log index of the entry that says so. */
  readonly entry: number
}

/** What the other domains and the doors may ask of datasets. */
export interface Datasets {
  /** Whatever its visibility: ask `visibleTo` before showing it. */
  dataset(id: string): Promise<Dataset | null>
  datasets(ids: readonly string[]): Promise<readonly Dataset[]>
  /** A published version; the newest when no number is given. */
  version(dataset: string, version?: string | null): Promise<Version | null>
  /** The same with drafts. */
  anyVersion(dataset: string, version: string): Promise<Version | null>
  /**
   * A version, drafts too, and all it was made from, directly or further back: itself first, each
   * once. Throws when one of them is not on record: what is not known must not open a door.
   */
  lineage(version: VersionName): Promise<readonly Version[]>
  /** Published versions that were made from a version of one of these datasets, in one read. */
  derivedFrom(datasets: readonly string[]): Promise<readonly Version[]>
  /** Drafts too, in the order of their assembly; all datasets in one read. */
  versionsOf(datasets: readonly string[]): Promise<readonly Version[]>
  /** Throws when the stored document no longer has its digest. */
  manifest(digest: string): Promise<Manifest | null>
  statement(digest: string): Promise<Statement | null>
  /** Those of these manifests that are there, in one read. */
  manifests(digests: readonly string[]): Promise<ReadonlyMap<string, Manifest>>
  statements(digests: readonly string[]): Promise<ReadonlyMap<string, Statement>>
  /**
   * What a version still hands out: what has been withdrawn is no longer in it, nor what is held back
   * below a rung; left out: that of downloads.
   */
  filesOf(version: Version, rung?: number): Promise<readonly ManifestFile[]>
  /** Whether this blob of a version must no longer leave: every contribution that brought it is withdrawn. */
  isWithdrawn(sha256: string, version: Version): Promise<boolean>
  /** Digests of all such blobs of a version. */
  withdrawnFrom(version: Version): Promise<ReadonlySet<string>>

  /**
   * Hidden is answered as absent: everyone sees listed datasets; the rest those who sit in a body,
   * the creator, and who decides whether their community will keep it, too.
   */
  visibleTo(dataset: Dataset, actor: Actor | null): Promise<boolean>
  maySteward(dataset: Dataset, actor: Actor | null): Promise<boolean>
  mayContribute(dataset: Dataset, actor: Actor | null): Promise<boolean>
  maySuspend(dataset: Dataset, actor: Actor | null): Promise<boolean>
  mayProposeTakedown(dataset: Dataset, actor: Actor | null): Promise<boolean>
  /** For which community somebody acts who could be taken to act for another; null for everybody else. */
  actsFor(dataset: Dataset, actor: Actor | null): Promise<string | null>
  effectiveStage(dataset: Dataset, now: number): number

  /** Listed datasets only. */
  search(query: CatalogueQuery, now: number): Promise<CataloguePage>
  /** What this actor may see of a community, newest first. */
  ofCommunity(community: string, actor: Actor | null): Promise<readonly Dataset[]>
  /** All that a community keeps, whatever its visibility. */
  keptBy(community: string): Promise<readonly Dataset[]>
  contribution(id: string): Promise<Contribution | null>
  contributionsTo(dataset: string): Promise<readonly Contribution[]>
  contributionsOf(account: string): Promise<readonly Contribution[]>
  /** What the same question has become of before each community: one line for each time it was asked. */
  joint(id: string): Promise<readonly Asked[]>
  /** Ids of the proposals about a dataset, all or those with one kind of effect, newest first. */
  proposalsAbout(dataset: string, kind?: string): Promise<readonly string[]>
  /** Suspensions by a community that no ballot ratified in time. */
  unratified(community: string, now: number): Promise<number>

  create(actor: Actor | null, input: unknown): Promise<DatasetResult>
  contribute(actor: Actor | null, input: unknown): Promise<ContributionResult>
  /** Takes back all of a contribution or the files named by their paths; at once nothing of it leaves. */
  withdraw(
    actor: Actor | null,
    contribution: string,
    paths?: readonly string[] | null,
  ): Promise<ContributionResult>
  /** Undoes a withdrawal within seven days. */
  restore(actor: Actor | null, contribution: string): Promise<ContributionResult>
  /** A steward confirms having seen the consent for minors; the empty name is that of the contribution. */
  witnessConsent(
    actor: Actor | null,
    contribution: string,
    speaker: string,
  ): Promise<ContributionResult>
  /** What shows the consent of a speaker, or of the whole under the empty name; null: nothing to see. */
  evidence(actor: Actor | null, contribution: string, speaker: string): Promise<Evidence | null>
  /** What the secret of a receipt opens; a wrong one and one of nothing are answered alike. */
  byReceipt(secret: string): Promise<Contribution | null>
  withdrawByReceipt(secret: string, paths?: readonly string[] | null): Promise<ContributionResult>
  restoreByReceipt(secret: string): Promise<ContributionResult>
  /** Destroys what was withdrawn seven days ago and publishes what is left; call it at every tick. */
  eraseDue(): Promise<void>
  /** Every unit whose bytes are destroyed, in the order of the log. */
  removals(): Promise<readonly ErasedUnit[]>
  /** What copies elsewhere have to go of: each erasure and each takedown. */
  goneForGood(): Promise<readonly GoneForGood[]>
  assemble(actor: Actor | null, input: unknown): Promise<VersionResult>
  proposePublication(actor: Actor | null, input: unknown): Promise<ProposalResult>
  suspend(actor: Actor | null, input: unknown): Promise<DatasetResult>
  proposeReopening(actor: Actor | null, input: unknown): Promise<ProposalResult>
  /** Asks for a vote that closes a dataset for good. */
  proposeTakedown(actor: Actor | null, input: unknown): Promise<ProposalResult>

  /** Asks for a vote on whether copies that are granted are fingerprinted. */
  proposeFingerprint(actor: Actor | null, input: unknown): Promise<ProposalResult>

  /** Asks for a vote on who keeps a dataset: to take a community in, to leave, to let terms go. */
  proposeCustody(actor: Actor | null, input: unknown): Promise<ProposalResult>

  /** Carries out enacted decisions about datasets; hand it to governance. */
  readonly executors: DatasetExecutors
  /** Finishes what a crash interrupted: proposes the ratification of suspensions that have none. Call it at start. */
  recover(): Promise<void>
}

export type DatasetExecutors = Pick<
  Executors,
  | 'dataset.publish'
  | 'dataset.ratify'
  | 'dataset.reopen'
  | 'data.takedown'
  | 'dataset.custody'
  | 'dataset.fingerprint'
>

/** An enacted decision about a dataset. */
export type DatasetDecision = EnactedDecision<
  Extract<EnactedDecision['effect'], { readonly kind: keyof DatasetExecutors }>
>
