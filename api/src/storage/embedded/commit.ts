import { collectionsOf, type Store } from './catalogue.ts'
import { storeError } from './errors.ts'

/** Runs work inside a write transaction and answers once it is durable. */
export interface Committer {
  readonly write: <T>(work: () => T) => Promise<T>
  /** Resolves when nothing is waiting any more. */
  readonly idle: () => Promise<void>
}

interface Waiting {
  readonly run: () => void
  readonly settle: () => void
  readonly fail: (error: unknown) => void
}

const LOCK_WAIT_MS = 10_000
const RETRY_MS = 5

const isBusy = (error: unknown): boolean =>
  error instanceof Error && /SQLITE_BUSY|database is locked|database is busy/i.test(error.message)

const forgetCatalogue = (store: Store): void => {
  store.version = -1
}

/** Runs work so that an error undoes only what it wrote itself. */
export const inSavepoint = <T>(store: Store, work: () => T): T => {
  store.sql.run('SAVEPOINT statement')
  try {
    const result = work()
    store.sql.run('RELEASE statement')
    return result
  } catch (error) {
    store.sql.exec('ROLLBACK TO statement; RELEASE statement')
    forgetCatalogue(store)
    throw error
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Tries again while another process holds the file, for 10 s. */
export const whenFree = async <T>(work: () => T): Promise<T> => {
  const deadline = Date.now() + LOCK_WAIT_MS
  for (;;) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (Date.now() > deadline)
        throw storeError(24, 'LockTimeout', 'another process held the file for 10 s; try again')
    }
    await pause(RETRY_MS)
  }
}

/** Takes the write lock and reads the catalogue under it. */
const begin = async (store: Store): Promise<void> => {
  await whenFree(() => store.sql.run('BEGIN IMMEDIATE'))
  collectionsOf(store)
  store.locked = true
}

/** After a failed COMMIT SQLite may have rolled back by itself, and says so by an error. */
const rollback = (store: Store): void => {
  store.locked = false
  forgetCatalogue(store)
  try {
    store.sql.run('ROLLBACK')
  } catch {
    return
  }
}

/** Runs one piece of work; its failure is its own and leaves the others' writes standing. */
const attempt = (store: Store, waiting: Waiting): boolean => {
  try {
    inSavepoint(store, waiting.run)
    return true
  } catch (error) {
    waiting.fail(error)
    return false
  }
}

/** Writes that arrive together share one transaction and one fsync; each answers only after COMMIT. */
export const groupCommit = (store: Store): Committer => {
  let queue: Waiting[] = []
  let running: Promise<void> | undefined

  const commitAll = (): void => {
    const group = queue
    queue = []
    try {
      const [first] = group
      // One alone needs no savepoint: its failure undoes the whole transaction.
      if (first && group.length === 1) first.run()
      const done = group.length === 1 ? group : group.filter((one) => attempt(store, one))
      store.sql.run('COMMIT')
      store.locked = false
      for (const waiting of done) waiting.settle()
    } catch (error) {
      rollback(store)
      for (const waiting of group) waiting.fail(error)
    }
  }

  const flush = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    while (queue.length > 0) {
      try {
        await begin(store)
        commitAll()
      } catch (error) {
        for (const waiting of queue.splice(0)) waiting.fail(error)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
    running = undefined
  }

  const write = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, fail) => {
      let answer: () => void = () => undefined
      const run = () => {
        const result = work()
        answer = () => resolve(result)
      }
      queue.push({ run, settle: () => answer(), fail })
      running ??= flush()
    })

  return { write, idle: async () => running }
}
