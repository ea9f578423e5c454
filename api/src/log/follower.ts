import type { StoredEvent } from './event.ts'
import { readRecord } from './leaf.ts'
import type { EventStore } from './store.ts'

/** Something that handles every event once and in order, wherever the event was recorded. */
export interface Follower {
  /** Every event below this index has been handled. */
  position(): number
  /** Spares the follower reading what has just been written. */
  offer(events: readonly StoredEvent[]): void
  /** Resolves once every event below `target` has been handled. */
  reach(target: number): Promise<void>
}

const READ = 512
/** What falls out of the waiting room is read from the store again. */
const WAITING_ROOM = 10_000

/** Follows the events of a store from `from` on. A failing `handle` is tried again at the next call. */
export const createFollower = (
  store: EventStore,
  from: number,
  handle: (events: readonly StoredEvent[]) => Promise<void>,
): Follower => {
  let position = from
  let waiting: StoredEvent[] = []
  let running: Promise<void> = Promise.resolve()

  const nextEvents = async (): Promise<readonly StoredEvent[]> => {
    waiting = waiting.filter(({ idx }) => idx >= position)
    if (waiting[0]?.idx === position) return waiting.slice(0, READ)
    const records = await store.read(position, READ)
    if (records[0]?.idx !== position) throw new Error(`event ${position} is missing from the store`)
    return records.map(readRecord)
  }

  const advance = async (target: number): Promise<void> => {
    while (position < target) {
      const events = await nextEvents()
      await handle(events)
      position += events.length
    }
  }

  return {
    position: () => position,
    offer: (events) => {
      if (waiting.length + events.length <= WAITING_ROOM) waiting.push(...events)
    },
    reach: (target) => {
      // Whoever waits behind a failure gets it too: to try again for each takes as long each time.
      const mine = running.then(() => advance(target))
      running = mine
      mine.catch(() => {
        if (running === mine) running = Promise.resolve()
      })
      return mine
    },
  }
}
