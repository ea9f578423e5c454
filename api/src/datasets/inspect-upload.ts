import { notFound, refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import { contentProblem } from './check-content.ts'
import type { Personal } from './formats/sight.ts'
import { canStrip } from './formats/strip.ts'
import { createQuality, type Quality } from './quality.ts'
import type { UploadDeps } from './upload-desk.ts'
import type { Upload } from './uploads.ts'

/** What is in an upload, told to whoever sent it before they hand it in. */
export interface Inspection {
  /** Why it cannot be contributed, or null. */
  readonly problem: string | null
  readonly personal: readonly Personal[]
  /** Whether names can be taken out here. */
  readonly canStrip: boolean
  readonly quality: Quality
}

export type Inspected = { readonly ok: true; readonly inspection: Inspection } | Refusal

/** Reads a finished upload to its end as what its name says it is. */
export const inspectUpload = async (
  { files }: Pick<UploadDeps, 'files'>,
  upload: Upload | null,
  mediaType: string,
): Promise<Inspected> => {
  if (!upload) return notFound('upload')
  const { sha256, size } = upload
  if (sha256 === null)
    return refuse('UPLOAD_UNFINISHED', 'This upload is not finished; resume it first.')
  const watch = createQuality()
  const problem = await contentProblem(files, { sha256, size, mediaType }, watch.sight)
  const personal = watch.personal()
  return {
    ok: true,
    inspection: {
      problem,
      personal,
      canStrip: personal.length > 0 && canStrip(mediaType),
      quality: watch.report(1),
    },
  }
}
