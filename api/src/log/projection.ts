import type { Fields, StoredEvent } from './event.ts'

/** How a readable collection follows from the events. */
export interface Projection {
  /** The collection. */
  readonly name: string
  /** The documents an event touches. */
  readonly ids: (event: StoredEvent) => readonly string[]
  /** The document after the event; pure. null: there is no document. */
  readonly fold: (doc: Fields | null, event: StoredEvent, id: string) => Fields | null
}

/** The document that the events of one stream tell, whatever has been folded; null: there is none. */
export const foldHistory = (
  { fold }: Pick<Projection, 'fold'>,
  history: readonly StoredEvent[],
): Fields | null => history.reduce<Fields | null>((doc, event) => fold(doc, event, ''), null)

/** Keeps the projections in step with the events. */
export interface Projector {
  /** Every event below this index is folded. */
  cursor(): Promise<number>
  /** Folds the next events, by `idx`; folding one again changes nothing. */
  fold(events: readonly StoredEvent[]): Promise<void>
  /** Writes down how far the folding has come. */
  close(): Promise<void>
}
