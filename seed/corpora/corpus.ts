import type { StatementDraft } from './statement.ts'

/** One file of a corpus, ready to be uploaded: `path` is relative to the dataset's root. */
export interface CorpusFile {
  readonly path: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** An article whose two versions are cut into paragraphs differently, and is therefore not aligned. */
export interface LeftOut {
  readonly pair: string
  readonly article: number
  readonly paragraphs: readonly [number, number]
}

/** `pairs`: aligned units over all language pairs. `sentences`: sentences over all text files. */
export interface CorpusStats {
  readonly pairs: number
  readonly sentences: number
  readonly leftOut: readonly LeftOut[]
}

export type CorpusKind = 'parallel' | 'text' | 'lexicon'

export interface Corpus {
  readonly slug: string
  readonly title: string
  readonly kind: CorpusKind | 'speech'
  readonly languages: readonly string[]
  readonly files: readonly CorpusFile[]
  readonly statement: StatementDraft
  readonly stats: CorpusStats
  /** What was agreed to; left out: that of the declaration. */
  readonly consent?: { readonly scope: string; readonly evidence: string }
}
