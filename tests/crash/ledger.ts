import type { Person } from '../support/person.ts'

/** An upload and how much of it the server has said it holds. */
export interface SentUpload {
  readonly id: string
  readonly person: Person
  readonly sha256: string
  readonly size: number
  held: number
}

/** Something the server has given a place in the log: the entry at that place says so for ever. */
export interface Recorded {
  readonly entry: number
  readonly type: string
  /** Members of the entry, or of its private part. */
  readonly says: Readonly<Record<string, string>>
}

export interface MadeContribution {
  readonly id: string
  readonly dataset: string
  readonly sha256: string
}

/** A file that was received whole. */
export interface Received {
  readonly sha256: string
  /** How often the clock had been put on by then; null while it was just being done. */
  readonly epoch: number | null
}

/** Everything the server has said yes to. None of it may be gone after a kill. */
export interface Ledger {
  readonly uploads: SentUpload[]
  readonly recorded: Recorded[]
  readonly contributions: MadeContribution[]
  readonly manifests: string[]
  readonly proposals: string[]
  readonly requests: { readonly id: string; readonly proposal: string }[]
  readonly downloads: Received[]
  readonly duties: string[]
}

export const emptyLedger = (): Ledger => ({
  uploads: [],
  recorded: [],
  contributions: [],
  manifests: [],
  proposals: [],
  requests: [],
  downloads: [],
  duties: [],
})

/** How much has been acknowledged. */
export const amount = (ledger: Ledger): number =>
  Object.values(ledger).reduce((sum: number, list: readonly unknown[]) => sum + list.length, 0)
