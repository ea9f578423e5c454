import type { StoredEvent } from './event.ts'
import { readRecord } from './leaf.ts'
import type { EventStore } from './store.ts'

/** What the writer knows of the streams it has written lately. */
export interface Histories {
  /** Makes sure of each stream's length, and of its events where the flag says so, until the next call. */
  load(streams: ReadonlyMap<string, boolean>): Promise<void>
  length(stream: string): number
  /** A copy that the caller may keep. */
  events(stream: string): readonly StoredEvent[]
  /** The event that a command has left in a loaded stream. */
  byCmd(stream: string, cmd: string): StoredEvent | undefined
  /** Takes note of an event that has been recorded, here or elsewhere. */
  note(event: StoredEvent): void
  /** Gives up a stream whose stored events have changed. */
  forget(stream: string): void
}

interface History {
  length: number
  /** null: only the length is known. */
  whole: Whole | null
}

/** All events of a stream, twice: an array is cheap to copy, a map to look into. */
interface Whole {
  readonly events: StoredEvent[]
  readonly byCmd: Map<string, StoredEvent>
}

/** About 1.5 kB each in memory. */
const KEPT_EVENTS = 20_000

const weight = (history: History): number => 1 + (history.whole?.events.length ?? 0)

export const createHistories = (store: EventStore): Histories => {
  const known = new Map<string, History>()
  let kept = 0

  const drop = (stream: string): void => {
    const history = known.get(stream)
    if (!history) return
    kept -= weight(history)
    known.delete(stream)
  }

  const keep = (stream: string, history: History): void => {
    drop(stream)
    known.set(stream, history)
    kept += weight(history)
  }

  const trim = (): void => {
    for (const stream of known.keys()) {
      if (kept <= KEPT_EVENTS) return
      drop(stream)
    }
  }

  const fetch = async (stream: string, whole: boolean): Promise<History> => {
    if (!whole) return { length: await store.streamLength(stream), whole: null }
    const events = (await store.stream(stream)).map(readRecord)
    const byCmd = new Map(events.map((event) => [event.cmd, event]))
    return { length: events.length, whole: { events, byCmd } }
  }

  const load = async (stream: string, whole: boolean): Promise<void> => {
    const history = known.get(stream)
    const enough = history && (history.whole || !whole)
    keep(stream, enough ? history : await fetch(stream, whole))
  }

  const loaded = (stream: string): History => {
    const history = known.get(stream)
    if (!history) throw new Error(`stream ${stream} has not been loaded`)
    return history
  }

  return {
    load: async (streams) => {
      trim()
      await Promise.all(Array.from(streams, ([stream, whole]) => load(stream, whole)))
    },
    length: (stream) => loaded(stream).length,
    events: (stream) => loaded(stream).whole?.events.slice() ?? [],
    byCmd: (stream, cmd) => loaded(stream).whole?.byCmd.get(cmd),
    note: (event) => {
      const history = known.get(event.stream)
      if (!history || event.seq < history.length) return
      history.length = event.seq + 1
      if (!history.whole) return
      history.whole.events.push(event)
      history.whole.byCmd.set(event.cmd, event)
      kept += 1
    },
    forget: drop,
  }
}
