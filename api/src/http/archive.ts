import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { ZipFile } from 'yazl'
import type { DoorRefusal, Grants, Pass } from '../grants/grants.ts'
import { openEntry, RefusedEntry, type RunningEntry } from './archive-entry.ts'
import { put, saveAs } from './file-headers.ts'
import { isGone } from './hand-over.ts'

export interface ArchiveDeps {
  readonly grants: Pick<Grants, 'recheck' | 'open' | 'completed' | 'cut'>
  readonly report: (error: unknown) => void
}

/** What goes into an archive. */
export interface Packing {
  /** At least the version they are files of. */
  readonly name: string
  readonly passes: readonly Pass[]
  /** Files that were taken back since the version was made. */
  readonly withdrawn: number
  /** Epoch ms. */
  readonly at: number
}

const EVERY_MS = 2_000
const GIGABYTES_4 = 0xffff_ffff

const sums = (passes: readonly Pass[]): Buffer =>
  Buffer.from(passes.map(({ file }) => `${file.sha256}  ${file.path}\n`).join(''))

const LEFT_OUT = (count: number): Buffer =>
  Buffer.from(
    `Left out: ${count} of the files of this version. Whoever contributed them has taken them back.\n`,
  )

/** A name that no file of the version has. */
const freeName = (name: string, passes: readonly Pass[]): string =>
  passes.some(({ file }) => file.path === name) ? freeName(`_${name}`, passes) : name

/** Stored as they are: what is compressed already gains nothing, and the length is known beforehand. */
const pack = ({ passes, withdrawn, at }: Packing, open: (pass: Pass) => Promise<Readable>) => {
  const zip = new ZipFile()
  const mtime = new Date(at)
  for (const pass of passes) {
    const { path, size } = pass.file
    const options = { compress: false, mtime, size, forceZip64Format: size >= GIGABYTES_4 }
    zip.addReadStreamLazy(path, options, (ready) => {
      open(pass).then(
        (stream) => ready(null, stream),
        (error: unknown) => zip.emit('error', error),
      )
    })
  }
  const beside = { compress: false, mtime }
  zip.addBuffer(sums(passes), freeName('SHA256SUMS', passes), beside)
  if (withdrawn > 0) zip.addBuffer(LEFT_OUT(withdrawn), freeName('LEFT-OUT.txt', passes), beside)
  return zip
}

const sizeOf = (zip: ZipFile): Promise<number> =>
  new Promise((resolve) => {
    const options = { forceZip64Format: false, comment: '' }
    zip.end(options, (...size: readonly unknown[]) => resolve(Number(size[0])))
  })

/** Nobody can tell whether it may go on, so it does not. */
const UNSURE: DoorRefusal = {
  ok: false,
  status: 503,
  code: 'FAULT',
  message: 'It cannot be told now whether this may go on. Try again in a minute.',
}

/** Asks every two seconds whether the file on its way may go on, however slowly it is taken. */
const watch = (
  { grants, report }: ArchiveDeps,
  running: () => RunningEntry | null,
  refuse: (error: RefusedEntry) => void,
): (() => void) => {
  const ask = async (): Promise<void> => {
    const entry = running()
    const refused = entry && (await grants.recheck(entry.pass))
    if (refused) refuse(new RefusedEntry(refused))
  }
  const timer = setInterval(() => {
    ask().catch((fault: unknown) => {
      report(fault)
      refuse(new RefusedEntry(UNSURE))
    })
  }, EVERY_MS)
  return () => clearInterval(timer)
}

const pour = async (deps: ArchiveDeps, response: Response, packing: Packing): Promise<void> => {
  let running: RunningEntry | null = null
  const recorded: Promise<void>[] = []
  const zip = pack(packing, (pass) =>
    openEntry(deps.grants, pass, {
      began: (entry) => {
        running = entry
      },
      recorded: (done) => void recorded.push(done.catch(deps.report)),
    }),
  )
  const stop = (error: Error): void => {
    if (error instanceof RefusedEntry) response.socket?.resetAndDestroy()
    running?.stop(error)
    response.destroy(error)
  }
  zip.on('error', stop)
  response.set('content-length', String(await sizeOf(zip)))
  const done = watch(deps, () => running, stop)
  try {
    await pipeline(zip.outputStream, response)
  } catch (error) {
    const why = error instanceof Error ? error : new Error(String(error))
    stop(why)
    if (!isGone(why) && !(why instanceof RefusedEntry)) deps.report(why)
  } finally {
    done()
    await Promise.all(recorded)
  }
}

/**
 * A version as one zip64 archive with its SHA256SUMS. Each file is decided on and recorded before its
 * bytes, and the archive breaks off when the right to it ends. No ranges: whoever lost the line asks
 * for what comes after the last whole file.
 */
export const sendArchive = async (
  deps: ArchiveDeps,
  request: Request,
  response: Response,
  packing: Packing,
): Promise<void> => {
  put(response, saveAs({ mediaType: 'application/zip', path: `${packing.name}.zip` }))
  response.set({ 'cache-control': 'private, no-store', 'accept-ranges': 'none' })
  if (request.method !== 'HEAD') return pour(deps, response, packing)
  const zip = pack(packing, () => Promise.reject(new Error('nothing is opened for HEAD')))
  zip.on('error', () => undefined)
  response.set('content-length', String(await sizeOf(zip))).end()
}
