import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { notFound, refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import type { Blob } from './files.ts'
import { ContentError } from './formats/content-error.ts'
import { sourceOf } from './formats/source.ts'
import { unzip } from './formats/zip.ts'
import { quotaLeft, type UploadDeps } from './upload-desk.ts'
import type { Upload } from './uploads.ts'

/** A file of an archive as an upload of its own. */
export interface UnpackedFile {
  readonly upload: string
  /** Path inside of the archive, in Unicode form NFC. */
  readonly path: string
  readonly size: number
}

export type Unpacked = { readonly ok: true; readonly files: readonly UnpackedFile[] } | Refusal

/** The same archive gives the same uploads, however often it is begun. */
const idOf = (archive: string, path: string): string =>
  `u_${hash('sha256', `${archive}\n${path}`, 'hex').slice(0, 20)}`

const finished = (archive: Upload, path: string, { sha256, size }: Blob, now: number): Upload => ({
  ...archive,
  id: idOf(archive.id, path),
  size,
  offset: size,
  filename: path,
  mediaType: '',
  metadata: '',
  expected: null,
  sha256,
  finishedAt: now,
})

/** Bytes an archive may become: it makes room for them itself, and the disk keeps its reserve. */
const roomFor = async (deps: UploadDeps, { account, size }: Upload): Promise<number> => {
  const quota = (await quotaLeft(deps, account)) + size
  const disk = (await deps.partials.free()) - (await deps.uploads.promised()) - deps.limits.keepFree
  return Math.max(0, Math.min(quota, disk))
}

const unpackAll = async (
  deps: UploadDeps,
  upload: Upload,
  blob: Blob,
): Promise<readonly UnpackedFile[]> => {
  const made: UnpackedFile[] = []
  await unzip(sourceOf(deps.files, blob), await roomFor(deps, upload), async ({ path, read }) => {
    const stored = await deps.files.put(Readable.from(read()))
    const one = finished(upload, path, stored, deps.wallClock())
    await deps.uploads.create(one)
    made.push({ upload: one.id, path, size: stored.size })
  })
  return made
}

/** Makes an upload of every file in an archive; all or, on a refusal, none. */
export const unpackUpload = async (deps: UploadDeps, upload: Upload | null): Promise<Unpacked> => {
  if (!upload) return notFound('upload')
  const { sha256, size } = upload
  if (sha256 === null)
    return refuse('UPLOAD_UNFINISHED', 'This upload is not finished; resume it first.')
  try {
    const files = await unpackAll(deps, upload, { sha256, size })
    await deps.uploads.remove(upload.id)
    return { ok: true, files }
  } catch (error) {
    if (error instanceof ContentError)
      return refuse('BAD_ARCHIVE', `${upload.filename}: ${error.message}.`)
    throw error
  }
}
