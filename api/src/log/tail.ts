import type { StoredEvent } from './event.ts'
import { createHistories, type Histories } from './histories.ts'
import { readRecord } from './leaf.ts'
import type { EventStore } from './store.ts'

/** What the writer knows of the end of the log. */
export interface Tail {
  readonly histories: Histories
  /** The index of the next event. */
  next(): number
  /** The time of the last event. */
  lastAt(): number
  /** Takes note of events recorded here. */
  note(events: readonly StoredEvent[]): void
  /** Takes note of the end of the log, once. */
  start(): Promise<void>
  /** Takes note of what other processes have recorded. */
  refresh(): Promise<void>
}

const READ = 512

/** `recorded` hears of every event from the first one after the start on, in order and without gaps. */
export const createTail = (
  store: EventStore,
  recorded: (events: readonly StoredEvent[]) => void,
): Tail => {
  const histories = createHistories(store)
  let next = -1
  let lastAt = 0

  const note = (events: readonly StoredEvent[]): void => {
    for (const event of events) {
      histories.note(event)
      next = event.idx + 1
      lastAt = event.at
    }
    if (events.length > 0) recorded(events)
  }

  const start = async (): Promise<void> => {
    if (next >= 0) return
    const last = await store.last()
    next = (last?.idx ?? -1) + 1
    lastAt = last?.at ?? 0
  }

  const refresh = async (): Promise<void> => {
    for (let more = true; more; ) {
      const others = await store.read(next, READ)
      note(others.map(readRecord))
      more = others.length === READ
    }
  }

  return { histories, note, start, refresh, next: () => next, lastAt: () => lastAt }
}
