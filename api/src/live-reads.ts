import type { Projection, Projector } from './log/index.ts'

/**
 * How long an answer counts at most. Only what another process has written can go unnoticed, and
 * for no longer than this.
 */
const FRESH_MS = 250
/** Answers kept of one read; more than a busy registry has people at the door. */
const MOST = 10_000

type Read<A extends readonly unknown[], T> = (...args: A) => Promise<T>

/** Reads that are repeated only when their answer may have changed. */
export interface LiveReads {
  /**
   * The same read, asked once as long as nothing has changed in these collections. `keyOf` tells
   * questions apart; left out, the arguments do, as text. What it answers is shared: don't change it.
   */
  read<A extends readonly unknown[], T>(
    collections: readonly string[],
    read: Read<A, T>,
    keyOf?: (...args: A) => string,
  ): Read<A, T>
  /** The same write, after which nothing read from the collection before counts any more. */
  write<A extends readonly unknown[], T>(collection: string, write: Read<A, T>): Read<A, T>
  /** The same projector; what it folds counts as changed before anybody hears that it is folded. */
  watch(projector: Projector): Projector
}

export interface LiveReadsDeps {
  readonly projections: readonly Projection[]
  /** Collections that are written directly. */
  readonly documents: readonly string[]
  /** Milliseconds that never go back. */
  readonly clock: () => number
}

interface Answer<T> {
  readonly value: Promise<T>
  /** What had changed before the question was put. */
  readonly generation: number
  readonly askedAt: number
}

const asText = (...args: readonly unknown[]): string =>
  args.map((arg) => String(arg ?? '')).join('\n')

/**
 * Decisions are made on what is stored now, yet most of it has not changed since the last decision.
 * Each collection has a generation that every write in this process moves on; an answer counts as
 * long as the generations of its collections are those from before it was asked for.
 */
export const createLiveReads = ({ projections, documents, clock }: LiveReadsDeps): LiveReads => {
  const names = [...projections.map(({ name }) => name), ...documents]
  const generations = new Map(names.map((name) => [name, 0]))

  const generationOf = (name: string): number => {
    const generation = generations.get(name)
    if (generation === undefined) throw new Error(`nothing tells when "${name}" changes`)
    return generation
  }
  const changed = (name: string): void => {
    generations.set(name, generationOf(name) + 1)
  }

  return {
    read: <A extends readonly unknown[], T>(
      collections: readonly string[],
      read: Read<A, T>,
      keyOf: (...args: A) => string = asText,
    ): Read<A, T> => {
      const answers = new Map<string, Answer<T>>()
      const generation = () => collections.reduce((sum, name) => sum + generationOf(name), 0)
      generation()
      return (...args) => {
        const key = keyOf(...args)
        const known = answers.get(key)
        const now = { generation: generation(), askedAt: clock() }
        const fresh = known?.generation === now.generation && now.askedAt - known.askedAt < FRESH_MS
        if (known && fresh) return known.value
        if (answers.size >= MOST) answers.clear()
        const value = read(...args)
        answers.set(key, { value, ...now })
        value.catch(() => answers.delete(key))
        return value
      }
    },
    write: (collection, write) => {
      generationOf(collection)
      return async (...args) => {
        try {
          return await write(...args)
        } finally {
          changed(collection)
        }
      }
    },
    watch: (projector) => ({
      cursor: projector.cursor,
      fold: async (events) => {
        try {
          await projector.fold(events)
        } finally {
          for (const { name, ids } of projections)
            if (events.some((event) => ids(event).length > 0)) changed(name)
        }
      },
    }),
  }
}
