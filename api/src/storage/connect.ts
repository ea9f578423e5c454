import { type Connection, createConnection, mongo } from 'mongoose'
import { failClosedSockets } from './closed-sockets.ts'
import { startEmbedded } from './embedded/index.ts'

export interface StorageOptions {
  /** A MongoDB server; absent: the embedded database. */
  readonly uri?: string
  /** The file of the embedded database. */
  readonly file: string
  /** Called when the embedded database has ended by itself: the application should exit. */
  readonly onCrash?: (error: Error) => void
}

export interface Storage {
  readonly connection: Connection
  close(): Promise<void>
}

/** A server may lose what only one of its nodes has written; events must survive that. */
const DURABLE = { writeConcern: { w: 'majority', j: true } } as const

/**
 * A store that is away is said to be so within seconds, not after the driver's half minute, and is
 * found again within two. Commands don't wait for it in a queue: whoever asked would be gone.
 */
const PATIENCE = {
  serverSelectionTimeoutMS: 3000,
  connectTimeoutMS: 5000,
  heartbeatFrequencyMS: 2000,
  bufferCommands: false,
} as const

const connectServer = async (uri: string): Promise<Storage> => {
  const { hosts } = new mongo.MongoClient(uri).options
  const ports = new Set(hosts.map(({ port }) => port))
  const stop = failClosedSockets((port) => ports.has(port))
  const connection = await createConnection(uri, { ...DURABLE, ...PATIENCE })
    .asPromise()
    .catch((error: unknown) => {
      stop()
      throw error
    })
  const close = (): Promise<void> => connection.close().finally(stop)
  return { connection, close }
}

const connectEmbedded = async ({ file, onCrash }: StorageOptions): Promise<Storage> => {
  const database = await startEmbedded({ file, onCrash })
  try {
    const connection = await createConnection(database.uri, PATIENCE).asPromise()
    const close = async (): Promise<void> => {
      await connection.close()
      await database.close()
    }
    return { connection, close }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Connects to the server that is named, else to the embedded database. Rejects when neither can be reached. */
export const connectStorage = (options: StorageOptions): Promise<Storage> =>
  options.uri ? connectServer(options.uri) : connectEmbedded(options)
