import type { Matter } from '../../../policies/index.ts'
import type { Effect } from './effect.ts'
import type { Counted, Proposal } from './governance.ts'

export interface StoredComment {
  readonly id: string
  readonly proposal: string
  readonly account: string
  readonly author: string
  readonly text: string
  readonly private: boolean
  readonly at: number
}

/** Where a proposal stands in the list, newest first. */
export type Place = Pick<Proposal, 'madeAt' | 'id'>

export interface ProposalQuery {
  readonly community?: string
  readonly settled?: boolean
  readonly matter?: Matter
  readonly counted?: Counted
  /** Only proposals that come after this one in the list. */
  readonly before?: Place
  readonly first: number
}

/** What governance reads and the comments it keeps. */
export interface GovernanceStore {
  proposal(id: string): Promise<Proposal | null>
  /** Newest first; those of one instant by descending id. */
  proposals(query: ProposalQuery): Promise<readonly Proposal[]>
  /** How many votes were ever asked for on a licence of a community, whatever has become of them. */
  adoptionsAsked(community: string, licence: string): Promise<number>
  counts(community: string): Promise<Readonly<Record<Counted, number>>>
  /** Open proposals on whose frozen roll one of these members stands. */
  inbox(communities: readonly string[]): Promise<readonly Proposal[]>
  /** Everything, or all of one kind, for which something may still follow by itself. */
  unsettled(kind?: Effect['kind']): Promise<readonly Proposal[]>
  addComment(comment: StoredComment): Promise<void>
  comments(proposal: string): Promise<readonly StoredComment[]>
}
