import type { Projection, Projector } from './log/index.ts'

/**
 * How long an answer counts at most. Only what another process has written can go unnoticed, and
 * for no longer than this.
 */
const FRESH_MS = 250
/** Answers kept of one read; more than a busy registry has people at the door. */
const MOST = 10_000

type Read<A extends readonly unknown[], T> = (...args: A) => Promise<T>
type ReadMany<T> = (keys: readonly string[]) => Promise<readonly T[]>

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
  /** The same for a read of many by key: each is remembered by itself, and given once. */
  readMany<T>(
    collections: readonly string[],
    read: ReadMany<T>,
    keyOf: (value: T) => string,
  ): ReadMany<T>
  /**
   * The same read, asked once within one millisecond, by `now` and by the clock of this machine, and
   * only as long as nothing at all has changed: for what rests on many collections and on the time.
   * Requests that come together share it. `partsOf` tells questions apart. Don't change the answer.
   */
  atOnce<A extends readonly unknown[], T>(
    now: () => number,
    read: Read<A, T>,
    partsOf: (...args: A) => readonly (string | null)[],
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

/** When a question was put. */
interface Moment {
  /** What had changed before. */
  readonly generation: number
  readonly at: number
}

interface Answer<T> extends Moment {
  readonly value: Promise<T>
}

/** Answers that count as long as nothing has changed since they were asked for. */
const createAnswers = <T>(now: () => Moment) => {
  const answers = new Map<string, Answer<T>>()
  now()
  return {
    now,
    find: (key: string): Promise<T> | null => {
      const known = answers.get(key)
      const { generation, at } = now()
      return known?.generation === generation && at - known.at < FRESH_MS ? known.value : null
    },
    keep: (key: string, value: Promise<T>, asked: Moment): void => {
      if (answers.size >= MOST) answers.clear()
      answers.set(key, { value, ...asked })
      value.catch(() => answers.delete(key))
    },
  }
}

type Answers<T> = ReturnType<typeof createAnswers<T>>

const asText = (...args: readonly unknown[]): string =>
  args.map((arg) => String(arg ?? '')).join('\n')

const readOne =
  <A extends readonly unknown[], T>(
    answers: Answers<T>,
    read: Read<A, T>,
    keyOf: (...args: A) => string,
  ): Read<A, T> =>
  (...args) => {
    const key = keyOf(...args)
    const known = answers.find(key)
    if (known) return known
    const asked = answers.now()
    const value = read(...args)
    answers.keep(key, value, asked)
    return value
  }

const byKey = <T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, T> =>
  new Map(values.map((value) => [keyOf(value), value]))

const readEach =
  <T>(
    answers: Answers<T | undefined>,
    read: ReadMany<T>,
    keyOf: (value: T) => string,
  ): ReadMany<T> =>
  async (keys) => {
    const wanted = [...new Set(keys)]
    const known = wanted.map((key) => answers.find(key))
    const missing = wanted.filter((_, nth) => known[nth] === null)
    if (missing.length > 0) {
      const asked = answers.now()
      const found = read(missing).then((values) => byKey(values, keyOf))
      for (const [nth, key] of wanted.entries()) {
        if (known[nth] !== null) continue
        const value = found.then((values) => values.get(key))
        known[nth] = value
        answers.keep(key, value, asked)
      }
    }
    return (await Promise.all(known)).filter((one) => one !== undefined && one !== null)
  }

/** Answers of one instant, all given up as soon as it is over. */
const readAtOnce = <A extends readonly unknown[], T>(
  isOver: () => boolean,
  read: Read<A, T>,
  partsOf: (...args: A) => readonly (string | null)[],
): Read<A, T> => {
  const answers = new Map<string, Promise<T>>()
  return (...args) => {
    if (isOver()) answers.clear()
    // Parts of an address may hold any character: no separator keeps them apart.
    const key = JSON.stringify(partsOf(...args))
    const known = answers.get(key)
    if (known) return known
    const value = read(...args)
    answers.set(key, value)
    return value
  }
}

/** Whether, since it was last asked, a millisecond has gone by or anything has changed. */
const createInstant = (now: () => number, clock: () => number, changes: () => number) => {
  let [at, tick, generation] = [Number.NaN, Number.NaN, Number.NaN]
  return (): boolean => {
    const [time, counted, changed] = [now(), Math.floor(clock()), changes()]
    if (time === at && counted === tick && changed === generation) return false
    at = time
    tick = counted
    generation = changed
    return true
  }
}

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
  let changes = 0
  const changed = (name: string): void => {
    changes += 1
    generations.set(name, generationOf(name) + 1)
  }
  const nowIn = (collections: readonly string[]) => (): Moment => ({
    generation: collections.reduce((sum, name) => sum + generationOf(name), 0),
    at: clock(),
  })

  return {
    read: (collections, read, keyOf = asText) =>
      readOne(createAnswers(nowIn(collections)), read, keyOf),
    readMany: (collections, read, keyOf) =>
      readEach(createAnswers(nowIn(collections)), read, keyOf),
    atOnce: (now, read, partsOf) =>
      readAtOnce(
        createInstant(now, clock, () => changes),
        read,
        partsOf,
      ),
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
      ...projector,
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
