/** Something that counts once: a ticket that is taken, or the id of a proof that was shown. */
export interface Once {
  readonly id: string
  /** Things of one kind expire by one clock. */
  readonly kind: 'ticket' | 'proof'
  /** Epoch ms. */
  readonly expiresAt: number
  /** Of a ticket: whose it is and for what. */
  readonly account?: string
  readonly dataset?: string
  readonly version?: string
  readonly path?: string
}

/** One store for all processes, so that what was used at one is used at all. */
export interface OnceStore {
  /** false when it is there already. */
  add(one: Once): Promise<boolean>
  find(id: string): Promise<Once | null>
  /** false when somebody else was first. */
  take(id: string): Promise<boolean>
  /** Forgets what of a kind expired before an instant (epoch ms). */
  forget(kind: Once['kind'], before: number): Promise<void>
}
