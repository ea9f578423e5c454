import type { Contribution } from './contribution.ts'
import type { Dataset, Version } from './dataset.ts'

/** One community that was asked about something that several decide. */
export interface Asked {
  readonly proposal: string
  readonly community: string
}

/** What the datasets need read back; the projector writes it. */
export interface DatasetStore {
  dataset(id: string): Promise<Dataset | null>
  datasets(ids: readonly string[]): Promise<readonly Dataset[]>
  /** What this community keeps, alone or with others; newest first. */
  ofCommunity(community: string): Promise<readonly Dataset[]>
  /** Datasets whose last event is `idx` or a later one, each with the index of that event. */
  changedSince(idx: number): Promise<readonly { readonly dataset: Dataset; readonly idx: number }[]>
  suspended(): Promise<readonly Dataset[]>
  version(dataset: string, version: string): Promise<Version | null>
  /** Versions, drafts too, that name one of these datasets as what they were made from. */
  derivedFrom(datasets: readonly string[]): Promise<readonly Version[]>
  /** All versions of these datasets, drafts too, in the order of their assembly. */
  versionsOf(datasets: readonly string[]): Promise<readonly Version[]>
  contribution(id: string): Promise<Contribution | null>
  contributions(ids: readonly string[]): Promise<readonly Contribution[]>
  contributionsTo(dataset: string): Promise<readonly Contribution[]>
  contributionsOf(account: string): Promise<readonly Contribution[]>
  /** Contributions to a dataset of which something has been withdrawn. */
  withdrawn(dataset: string): Promise<readonly Contribution[]>
  /** Contributions whose time to undo a withdrawal is over (epoch ms). */
  toErase(now: number): Promise<readonly Contribution[]>
  /** Contributions of which bytes have been destroyed, in the order they came. */
  erased(): Promise<readonly Contribution[]>
  /** Contributions that brought a blob, as a unit or to show a consent. */
  contributionsWith(sha256: string): Promise<readonly Contribution[]>
  /** Ids of the proposals about a dataset, all or those with one kind of effect, newest first. */
  proposalsAbout(dataset: string, kind?: string): Promise<readonly string[]>
  /** The proposals by which several communities are asked the same, oldest first. */
  joint(id: string): Promise<readonly Asked[]>
  /** Ids of proposals that have not come before all of the communities they name. */
  incomplete(): Promise<readonly string[]>
}
