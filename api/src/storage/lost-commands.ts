import { type Connection, mongo } from 'mongoose'

/** Commands that were under way when the connections broke get so long to end by themselves. */
const GRACE_MS = 3000

/** Commands of a collection that answer by a promise. Making an index may take its time. */
const COMMANDS = [
  ...['insertOne', 'insertMany', 'bulkWrite', 'updateOne', 'updateMany', 'replaceOne'],
  ...['deleteOne', 'deleteMany', 'findOne', 'findOneAndUpdate', 'findOneAndDelete'],
  ...['findOneAndReplace', 'countDocuments', 'estimatedDocumentCount', 'distinct'],
] as const

/** Commands that answer by a cursor, and what of it waits for the server. */
const QUERIES = ['find', 'aggregate'] as const
const STEPS = ['toArray', 'next', 'hasNext', 'tryNext'] as const

type Call = (...args: readonly unknown[]) => unknown

/** Puts another function in the place of one; a name that is not there is left alone. */
const replace = (target: object, name: string, by: (call: Call) => Call): void => {
  const found: unknown = Reflect.get(target, name)
  if (typeof found === 'function')
    Reflect.set(
      target,
      name,
      by((...args) => Reflect.apply(found, target, args)),
    )
}

type Fail = (error: Error) => void

const gone = (): Error =>
  new mongo.MongoNetworkError('the store went away while it was asked; ask again')

/** Keeps what is under way, so that it can be ended from outside. */
const createWatch = () => {
  const underWay = new Set<Fail>()
  let awaySince: number | null = null
  /** One after the other would wait for it in vain otherwise, each as long as the first. */
  const isLongAway = (): boolean => awaySince !== null && performance.now() - awaySince > GRACE_MS
  return {
    isLongAway,
    watched:
      (call: Call): Call =>
      (...args) => {
        if (isLongAway()) return Promise.reject(gone())
        const answer = call(...args)
        if (!(answer instanceof Promise)) return answer
        return new Promise((resolve, reject) => {
          underWay.add(reject)
          answer.then(resolve, reject).finally(() => underWay.delete(reject))
        })
      },
    giveUp: (): void => {
      const lost = [...underWay]
      setTimeout(() => {
        for (const fail of lost) fail(gone())
      }, GRACE_MS).unref()
    },
    setAway: (away: boolean): void => {
      awaySince = away ? (awaySince ?? performance.now()) : null
    },
  }
}

/** A monitor that looks for its server says so twice a second, or once in the time of a connect. */
const SILENT_MS = 7000

/** Opens the connection anew when the driver has stopped looking for a store that is away. */
const watchMonitor = (
  connection: Connection,
  { isLongAway, reopen }: { readonly isLongAway: () => boolean; reopen: () => Promise<void> },
): (() => void) => {
  let heard = performance.now()
  let isOpening = false
  const listen = (): void => {
    const beat = () => {
      heard = performance.now()
    }
    const client = connection.getClient()
    client.on('serverHeartbeatStarted', beat)
    client.on('serverHeartbeatSucceeded', beat)
    client.on('serverHeartbeatFailed', beat)
  }
  const look = async (): Promise<void> => {
    if (isOpening || !isLongAway() || performance.now() - heard < SILENT_MS) return
    isOpening = true
    // It fails while the store is away; a second later it is tried again.
    await reopen().then(listen, () => undefined)
    isOpening = false
  }
  listen()
  const timer = setInterval(() => void look(), 1000)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * Ends commands that a broken connection has taken along. The driver (mongodb 7.8.0,
 * Connection.writeCommand and readMany) waits for ever for a socket that closed between being
 * checked out and being written to; the one writer of the log would then never write again, and the
 * monitor never find the store. Gives back how to stop watching.
 */
export const endLostCommands = (
  connection: Connection,
  reopen: () => Promise<void>,
): (() => void) => {
  const { watched, giveUp, setAway, isLongAway } = createWatch()
  const seen = new WeakSet<object>()
  const guard = (collection: object): void => {
    if (seen.has(collection)) return
    seen.add(collection)
    for (const name of COMMANDS) replace(collection, name, watched)
    for (const name of QUERIES)
      replace(collection, name, (call) => (...args) => {
        const cursor = call(...args)
        if (typeof cursor === 'object' && cursor !== null)
          for (const step of STEPS) replace(cursor, step, watched)
        return cursor
      })
  }
  replace(connection, 'collection', (call) => (...args) => {
    const collection = call(...args)
    if (typeof collection === 'object' && collection !== null) guard(collection)
    return collection
  })
  const hear = (): void => {
    const client = connection.getClient()
    client.on('connectionPoolCleared', giveUp)
    client.on('topologyDescriptionChanged', ({ newDescription }) => {
      const servers = [...newDescription.servers.values()]
      setAway(servers.every(({ type }) => type === 'Unknown'))
    })
  }
  hear()
  const openAnew = async (): Promise<void> => {
    await reopen()
    hear()
    setAway(false)
  }
  return watchMonitor(connection, { isLongAway, reopen: openAnew })
}
