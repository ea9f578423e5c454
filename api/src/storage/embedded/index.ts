import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

export interface EmbeddedDatabase {
  /** What `mongoose.connect` takes. */
  readonly uri: string
  /** Finishes waiting writes, checkpoints the file and ends the worker. */
  readonly close: () => Promise<void>
}

export interface EmbeddedOptions {
  /** The database file; made when absent. Several processes may open one file. */
  readonly file: string
  /** Called once when the worker ends without being asked to: the application should exit. */
  readonly onCrash?: (error: Error) => void
}

const DATABASE = 'registry'

// Node 20 cuts a longer unix socket path silently (sun_path has 108 bytes with its end).
const LONGEST_SOCKET = 107

/** A socket in a fresh directory that only this user may enter. */
const privateSocket = (): { readonly directory: string; readonly socket: string } => {
  const directory = mkdtempSync(join(tmpdir(), 'registry-'))
  const socket = join(directory, `${process.pid}.sock`)
  if (Buffer.byteLength(socket) < LONGEST_SOCKET) return { directory, socket }
  rmSync(directory, { recursive: true })
  throw new Error(`The socket path ${socket} is too long: set TMPDIR to a shorter directory.`)
}

const workerFile = (): URL => {
  const fromSource = import.meta.url.endsWith('.ts')
  return new URL(fromSource ? './from-source.mjs' : './worker.js', import.meta.url)
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error))

/** Resolves once the worker listens; rejects when it fails before. */
const listening = (worker: Worker): Promise<void> =>
  new Promise((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', (error) => reject(asError(error)))
    worker.once('exit', (code) => reject(new Error(`The database worker ended with code ${code}.`)))
  })

/** Calls back once when the worker ends by itself. */
const watch = (worker: Worker, ended: (error: Error) => void): void => {
  let failure: Error | undefined
  worker.on('error', (error) => {
    failure = asError(error)
  })
  worker.once('exit', (code) => {
    ended(failure ?? new Error(`The database worker ended with code ${code}.`))
  })
}

/** Starts the embedded database in a worker thread. Rejects when the file cannot be opened. */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedDatabase> => {
  const { directory, socket } = privateSocket()
  const tidy = (): void => rmSync(directory, { recursive: true, force: true })
  const worker = new Worker(workerFile(), { workerData: { file: options.file, socket } })
  let serving = false
  const exited = new Promise<void>((resolve) => {
    watch(worker, (error) => {
      tidy()
      resolve()
      if (serving) options.onCrash?.(error)
    })
  })
  try {
    await listening(worker)
    serving = true
  } catch (error) {
    tidy()
    throw error
  }
  const close = async (): Promise<void> => {
    serving = false
    worker.postMessage('close')
    await exited
  }
  const uri = `mongodb://${encodeURIComponent(socket)}/${DATABASE}?directConnection=true&retryWrites=false`
  return { uri, close }
}
