import { Readable } from 'node:stream'
import { notFound, refuse } from '../errors.ts'
import { ContentError } from './formats/content-error.ts'
import { sourceOf } from './formats/source.ts'
import { stripped } from './formats/strip.ts'
import type { UploadDeps, UploadResult } from './upload-desk.ts'
import type { Upload } from './uploads.ts'

/**
 * Takes out of a finished upload what tells who people are: tags, pictures and names in fields made
 * for them. The sound or text itself stays as it is, byte for byte.
 */
export const stripUpload = async (
  deps: Pick<UploadDeps, 'files' | 'uploads'>,
  upload: Upload | null,
  mediaType: string,
): Promise<UploadResult> => {
  if (!upload) return notFound('upload')
  const { id, sha256, size } = upload
  if (sha256 === null)
    return refuse('UPLOAD_UNFINISHED', 'This upload is not finished; resume it first.')
  try {
    const blob = await deps.files.put(
      Readable.from(stripped(sourceOf(deps.files, { sha256, size }), mediaType)),
    )
    await deps.uploads.replace(id, blob)
    return { ok: true, upload: { ...upload, ...blob, offset: blob.size } }
  } catch (error) {
    if (error instanceof ContentError)
      return refuse('BAD_CONTENT', `${upload.filename}: ${error.message}.`)
    throw error
  }
}
