import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { isRefusal } from '../errors.ts'
import type { DoorRefusal, Grants, OpenedDownload, Pass } from '../grants/grants.ts'
import { whole } from './byte-span.ts'
import { isGone } from './hand-over.ts'

/** A file turned out to be refused after its archive had begun. */
export class RefusedEntry extends Error {
  override readonly name = 'RefusedEntry'
  readonly code: string
  constructor({ code, message }: DoorRefusal) {
    super(message)
    this.code = code
  }
}

/** The file of an archive that is on its way. */
export interface RunningEntry {
  readonly pass: Pass
  /** Ends it; what has been handed over is recorded with the reason. */
  readonly stop: (error: Error) => void
}

type Door = Pick<Grants, 'recheck' | 'open' | 'completed' | 'cut'>

const reasonOf = (error: unknown): string => {
  if (error instanceof RefusedEntry) return error.code
  return isGone(error) ? 'CONNECTION' : 'FAULT'
}

const record = async (
  grants: Door,
  { pass, opened, source }: { pass: Pass; opened: OpenedDownload; source: Readable },
): Promise<void> => {
  const error = await finished(source).then(
    () => null,
    (fault: unknown) => fault ?? new Error('the archive ended'),
  )
  if (error === null) await grants.completed(pass, opened)
  else await grants.cut(pass, opened, reasonOf(error))
}

/**
 * Decides once more about one file, records its download, and only then opens it. `began` hears of
 * it; `recorded` gets what is still being written down when the bytes are through.
 */
export const openEntry = async (
  grants: Door,
  pass: Pass,
  hear: { began(entry: RunningEntry): void; recorded(done: Promise<void>): void },
): Promise<Readable> => {
  const refused = await grants.recheck(pass)
  if (refused && isRefusal(refused)) throw new RefusedEntry(refused)
  const opened = await grants.open(pass, whole(pass.file.size))
  const { body } = opened
  const source = Buffer.isBuffer(body)
    ? Readable.from([body], { objectMode: false })
    : body.stream()
  hear.began({ pass, stop: (error) => source.destroy(error) })
  hear.recorded(record(grants, { pass, opened, source }))
  return source
}
