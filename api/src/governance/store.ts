import type { Proposal } from './governance.ts'

export interface StoredComment {
  readonly id: string
  readonly proposal: string
  readonly account: string
  readonly author: string
  readonly text: string
  readonly private: boolean
  readonly at: number
}

export interface ProposalQuery {
  readonly community?: string
  readonly settled?: boolean
  /** Only proposals made before this instant (epoch ms). */
  readonly before?: number
  readonly first: number
}

/** What governance reads and the comments it keeps. */
export interface GovernanceStore {
  proposal(id: string): Promise<Proposal | null>
  /** Newest first. */
  proposals(query: ProposalQuery): Promise<readonly Proposal[]>
  /** Open proposals on whose frozen roll one of these members stands. */
  inbox(communities: readonly string[]): Promise<readonly Proposal[]>
  /** Everything for which something may still follow by itself. */
  unsettled(): Promise<readonly Proposal[]>
  addComment(comment: StoredComment): Promise<void>
  comments(proposal: string): Promise<readonly StoredComment[]>
}
