import type { AccessRequest, Download, Grant } from './grants.ts'

/** What grants read: projections of requests, grants and downloads. */
export interface GrantStore {
  request(id: string): Promise<AccessRequest | null>
  /** Newest first. */
  requestsOf(account: string): Promise<readonly AccessRequest[]>
  /** Neither granted, refused nor withdrawn, and before no council. */
  unfollowed(): Promise<readonly AccessRequest[]>
  grant(id: string): Promise<Grant | null>
  /** Newest first. */
  grantsOf(account: string): Promise<readonly Grant[]>
  /** Of one person on one version, newest first: what the door asks. */
  grantsFor(account: string, dataset: string, version: string): Promise<readonly Grant[]>
  /** Of every grant ever issued. */
  standings(): Promise<readonly Pick<Grant, 'statusIndex' | 'dataset' | 'revokedAt'>[]>
  /** Newest first. */
  downloadsOf(grant: string, first: number): Promise<readonly Download[]>
  /** All of a community, and those whose grant rests on an enacted decision that is on record. */
  countDownloads(community: string): Promise<{ downloads: number; covered: number }>
}
