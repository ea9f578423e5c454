import type { Source } from './source.ts'

/** Something in a file that may tell who spoke or who worked on it. */
export interface Personal {
  /** Where it stands, e.g. `ID3 artist`. */
  readonly where: string
  readonly value: string
}

/** How a piece of sound is, as far as can be told without decoding it. */
export interface Sound {
  readonly seconds: number
  /** Shares of all samples, 0 to 1; null where the samples are compressed. */
  readonly clipped: number | null
  readonly silent: number | null
}

/** What a reader tells while it goes through a file; nothing of it is kept by the reader. */
export interface Sight {
  /** One line, row or segment; two that are the same are duplicates. */
  readonly unit: (text: string) => void
  /** Text that people wrote, beside or inside of units. */
  readonly words: (text: string) => void
  readonly personal: (found: Personal) => void
  readonly sound: (sound: Sound) => void
}

/** Reads a file from its first to its last byte; throws `ContentError` at the first fault. */
export type Format = (source: Source, sight: Sight) => Promise<void>

const ignore = (): void => {}

/** For those who want the verdict alone. */
export const BLIND: Sight = { unit: ignore, words: ignore, personal: ignore, sound: ignore }
