import type { Readable } from 'node:stream'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Refusal } from '../log/index.ts'
import { troubleOf } from '../trouble.ts'
import { parseFilePath } from './file-path.ts'
import type { Blob, Files } from './files.ts'
import { type Inspected, inspectUpload } from './inspect-upload.ts'
import { stripUpload } from './strip-upload.ts'
import { createTurns, type Turns } from './turns.ts'
import { type Unpacked, unpackUpload } from './unpack-upload.ts'
import type { Checksum, PartialFiles, Upload, UploadStore } from './uploads.ts'

export interface UploadDeps {
  readonly files: Files
  readonly partials: PartialFiles
  readonly uploads: UploadStore
  /** The system clock: uploads don't follow the demonstration's. */
  readonly wallClock: () => number
  readonly limits: {
    /** Bytes of one file. */
    readonly maxBytes: number
    /** Bytes of all uploads of one account. */
    readonly quotaBytes: number
    /** Bytes the disk keeps for everything else, so that votes go on when it is full. */
    readonly keepFree: number
  }
}

export type Announcement = Pick<Upload, 'size' | 'filename' | 'mediaType' | 'metadata' | 'expected'>
export type UploadResult = { readonly ok: true; readonly upload: Upload } | Refusal
export type Received =
  | { readonly ok: true; readonly upload: Upload; readonly over: boolean }
  | Refusal

/** Some of the bytes of a file, from `offset` on. */
export interface Piece {
  readonly offset: number
  /** Bytes to come, when the sender says so. */
  readonly length: number | null
  readonly checksum: Checksum | null
  readonly source: Readable
}

/** Takes files in, piece by piece, each for the one account that announced it. */
export interface UploadDesk {
  announce(account: string, announcement: Announcement): Promise<UploadResult>
  /** Finishes it when only that was missing. */
  find(account: string, id: string): Promise<Upload | null>
  /** Takes what is left of the file from the source. What has come when it breaks off, counts. */
  receive(account: string, id: string, piece: Piece): Promise<Received>
  /** false when this account has no such upload. A blob that was made of it stays. */
  abandon(account: string, id: string): Promise<boolean>
  /** Makes an upload of every file in a finished archive; the archive goes. */
  unpack(account: string, id: string): Promise<Unpacked>
  /** Takes out of a finished sound or annotation file what tells who people are. */
  strip(account: string, id: string, mediaType: string): Promise<UploadResult>
  /** Tells what is in a finished upload that is called so. */
  inspect(account: string, id: string, mediaType: string): Promise<Inspected>
  /** Finishes what a crash interrupted and forgets what nobody went on with. */
  sweep(): Promise<void>
}

/** How long an unfinished upload waits for its next byte. */
export const UPLOAD_LIFETIME = 7 * 24 * 3_600_000

const problemWith = (upload: Upload, blob: Blob): string | null => {
  if (blob.size !== upload.size)
    return `The server holds ${blob.size} of ${upload.size} bytes; upload the file again.`
  if (upload.expected === null || upload.expected === blob.sha256) return null
  return `The bytes that came have the SHA-256 ${blob.sha256}, not ${upload.expected}; upload the file again.`
}

const isDue = ({ state, offset, size }: Upload): boolean => state === 'partial' && offset === size

const isExpired = ({ state, expiresAt }: Upload, now: number): boolean =>
  state !== 'finished' && expiresAt <= now

/**
 * Makes a blob of an upload whose last byte has come. Every step can be repeated, so it does not
 * matter where a crash stops it: the blob, then the record, and the partial file goes last.
 */
const finish = async (deps: UploadDeps, upload: Upload): Promise<Upload> => {
  const { files, partials, uploads } = deps
  const blob = await partials.digest(upload.id)
  const problem = problemWith(upload, blob)
  if (problem === null) {
    await files.adopt(partials.path(upload.id), blob)
    await uploads.finish(upload.id, blob.sha256, deps.wallClock())
  } else await uploads.fail(upload.id, problem)
  await partials.remove(upload.id)
  return (await uploads.get(upload.id)) ?? upload
}

const bytes = (count: number): string => `${Math.max(0, Math.floor(count))} bytes`

/** Bytes that an account may still announce. */
export const quotaLeft = async (
  { uploads, limits }: Pick<UploadDeps, 'uploads' | 'limits'>,
  account: string,
): Promise<number> => limits.quotaBytes - (await uploads.usage(account))

const roomProblem = async (
  deps: UploadDeps,
  account: string,
  size: number,
): Promise<Refusal | null> => {
  const { partials, uploads, limits } = deps
  if (size > limits.maxBytes)
    return refuse(
      'TOO_LARGE',
      `A file has at most ${bytes(limits.maxBytes)}; this one has ${size}.`,
    )
  const mine = await quotaLeft(deps, account)
  if (size > mine)
    return refuse(
      'QUOTA',
      `You have ${bytes(mine)} left for uploads; remove one or ask the operator.`,
    )
  const free = (await partials.free()) - (await uploads.promised()) - limits.keepFree
  if (size > free)
    return refuse(
      'NO_SPACE',
      `The server has room for ${bytes(free)}; try later or tell the operator.`,
    )
  return null
}

/** Said before a byte is sent; a client that announces no name says it when it hands the file in. */
const nameProblem = ({ filename }: Announcement): Refusal | null => {
  const named = parseFilePath(filename)
  return filename === '' || named.ok
    ? null
    : refuse('BAD_NAME', named.message, { field: 'filename' })
}

const announcing =
  (deps: UploadDeps, turns: Turns): UploadDesk['announce'] =>
  (account, announcement) =>
    // In turns, so that announcements at the same moment don't pass the limits together.
    turns.take(
      'announce',
      () => {},
      async () => {
        const problem =
          nameProblem(announcement) ?? (await roomProblem(deps, account, announcement.size))
        if (problem) return problem
        const now = deps.wallClock()
        const upload: Upload = {
          ...announcement,
          id: newId('u'),
          account,
          offset: 0,
          sha256: null,
          state: 'partial',
          problem: null,
          createdAt: now,
          expiresAt: now + UPLOAD_LIFETIME,
          finishedAt: null,
        }
        await deps.uploads.create(upload)
        await deps.partials.create(upload.id)
        return { ok: true, upload: isDue(upload) ? await finish(deps, upload) : upload }
      },
    )

const taking = async (
  deps: UploadDeps,
  upload: Upload,
  { offset, length, checksum, source }: Piece,
): Promise<Received> => {
  const { id, size } = upload
  if (upload.state === 'failed') return refuse('FAILED', upload.problem ?? 'This upload failed.')
  if (upload.state === 'finished' || offset !== upload.offset)
    return refuse('WRONG_OFFSET', `The server holds ${upload.offset} bytes; go on from there.`)
  const limit = size - offset
  if (length !== null && length > limit)
    return refuse('TOO_LONG', `Only ${limit} bytes of the file are left; send just these.`)
  const onDurable = (reached: number) =>
    deps.uploads.advance(id, reached, deps.wallClock() + UPLOAD_LIFETIME)
  try {
    const piece = { source, limit, onDurable, checksum }
    const { bytes: count, over, differs } = await deps.partials.append(id, offset, piece)
    if (differs)
      return refuse('CHECKSUM', 'The bytes that came have another checksum; send them once more.')
    const reached = offset + count
    await onDurable(reached)
    const advanced = { ...upload, offset: reached }
    return { ok: true, over, upload: isDue(advanced) ? await finish(deps, advanced) : advanced }
  } catch (error) {
    if (troubleOf(error)?.code !== 'NO_SPACE') throw error
    const left = bytes(await deps.partials.free())
    const message = `The disk of the server is full, ${left} are left; what came before is kept, go on later.`
    return refuse('NO_SPACE', message)
  }
}

const sweeping = (deps: UploadDeps, turns: Turns) => async (): Promise<void> => {
  const { partials, uploads } = deps
  // Files first: whatever is created after this line has its record before its file.
  const files = await partials.ids()
  const settle = async (id: string) => {
    const upload = await uploads.get(id)
    if (!upload) return
    if (isDue(upload)) await finish(deps, upload)
    else if (isExpired(upload, deps.wallClock())) await uploads.remove(id)
  }
  // Whoever is sending is left in peace: to ask for a turn is to cut the holder off.
  for (const upload of await uploads.unfinished())
    if (isDue(upload) || isExpired(upload, deps.wallClock()))
      await turns.take(
        upload.id,
        () => {},
        () => settle(upload.id),
      )
  const kept = new Set((await uploads.unfinished()).map(({ id }) => id))
  for (const id of files) if (!kept.has(id)) await partials.remove(id)
}

/** Opens the desk; one process a data folder. */
export const openUploadDesk = (deps: UploadDeps): UploadDesk => {
  const turns = createTurns()
  const { uploads, partials } = deps

  const mine = async (account: string, id: string): Promise<Upload | null> => {
    const upload = await uploads.get(id)
    if (!upload || upload.account !== account) return null
    return isExpired(upload, deps.wallClock()) ? null : upload
  }

  return {
    announce: announcing(deps, turns),
    find: (account, id) =>
      turns.take(
        id,
        () => {},
        async () => {
          const upload = await mine(account, id)
          return upload && isDue(upload) ? finish(deps, upload) : upload
        },
      ),
    receive: (account, id, piece) =>
      turns.take(
        id,
        () => piece.source.destroy(),
        async () => {
          const upload = await mine(account, id)
          if (!upload) return notFound('upload')
          return taking(deps, isDue(upload) ? await finish(deps, upload) : upload, piece)
        },
      ),
    abandon: (account, id) =>
      turns.take(
        id,
        () => {},
        async () => {
          if (!(await mine(account, id))) return false
          await uploads.remove(id)
          await partials.remove(id)
          return true
        },
      ),
    unpack: (account, id) =>
      turns.take(
        id,
        () => {},
        async () => unpackUpload(deps, await mine(account, id)),
      ),
    strip: (account, id, mediaType) =>
      turns.take(
        id,
        () => {},
        async () => stripUpload(deps, await mine(account, id), mediaType),
      ),
    inspect: async (account, id, mediaType) =>
      inspectUpload(deps, await mine(account, id), mediaType),
    sweep: sweeping(deps, turns),
  }
}
