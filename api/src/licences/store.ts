import type { LicenceRecord } from './licences.ts'

/** What licences read: every adopted version, by digest. */
export interface LicenceStore {
  licence(digest: string): Promise<LicenceRecord | null>
  licences(digests: readonly string[]): Promise<readonly LicenceRecord[]>
  /** Whether an adopted document of any community has this uid. */
  isTaken(uid: string): Promise<boolean>
  /** Every adopted version, newest first. */
  all(): Promise<readonly LicenceRecord[]>
  /** Every adopted version of one licence, newest first. */
  versionsOf(licence: string): Promise<readonly LicenceRecord[]>
  /** Every adopted version of these licences, newest first. */
  versionsOfAll(licences: readonly string[]): Promise<readonly LicenceRecord[]>
  /** Newest version first. */
  adoptedBy(community: string): Promise<readonly LicenceRecord[]>
}
