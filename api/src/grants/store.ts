import type { DelegationRecord } from './delegation.ts'
import type { AccessRequest, Download, Grant } from './grants.ts'

export interface HandedOver {
  readonly grant: string
  readonly sha256: string
  /** Uses: what one person has of a version's file on one day (UTC) is one, in however many requests. */
  readonly times: number
  /** Epoch ms. */
  readonly lastAt: number
}

/** What grants read: projections of requests, grants, standing decisions and downloads. */
export interface GrantStore {
  request(id: string): Promise<AccessRequest | null>
  /** Newest first. */
  requestsOf(account: string): Promise<readonly AccessRequest[]>
  /** Neither granted, refused nor withdrawn, and before no council. */
  unfollowed(): Promise<readonly AccessRequest[]>
  grant(id: string): Promise<Grant | null>
  /** Newest first. */
  grantsOf(account: string): Promise<readonly Grant[]>
  /** The same, and those of whose team the person is by their own acceptance. */
  grantsUsedBy(account: string): Promise<readonly Grant[]>
  /** In whose team somebody with this address was named; newest first. */
  grantsNaming(email: string): Promise<readonly Grant[]>
  delegation(id: string): Promise<DelegationRecord | null>
  /** Newest first. */
  delegationsOf(community: string): Promise<readonly DelegationRecord[]>
  /** Of every grant ever issued. */
  standings(): Promise<
    readonly Pick<Grant, 'statusIndex' | 'dataset' | 'revokedAt' | 'renewedBy'>[]
  >
  /** Every grant of a community, newest first. */
  grantsIn(community: string): Promise<readonly Grant[]>
  /** Every grant on some version of these datasets, newest first. */
  grantsOn(datasets: readonly string[]): Promise<readonly Grant[]>
  /** How often each of these blobs was handed over under each of these grants, where it was. */
  handedOver(grants: readonly string[], blobs: readonly string[]): Promise<readonly HandedOver[]>
  /** Newest first. */
  downloadsOf(grant: string, first: number): Promise<readonly Download[]>
  /** Under one grant: the copies that were handed over, each with the file it was made of. */
  copiesHandedOver(grant: string): Promise<readonly Required<Pick<Download, 'sha256' | 'copy'>>[]>
  /** How often files of a community were handed over, by grant. */
  downloadsByGrant(community: string): Promise<ReadonlyMap<string, number>>
  /** What the grants of a community say they rest on, by grant. */
  decisions(community: string): Promise<ReadonlyMap<string, Grant['decision']>>
}
