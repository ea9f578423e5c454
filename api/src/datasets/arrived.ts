import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import type { Upload } from './uploads.ts'

export type Arrived =
  | { readonly ok: true; readonly sha256: string; readonly size: number }
  | Refusal

/** The bytes of an upload that somebody names, if it is theirs and all of it has come. */
export const arrived = (upload: Upload | undefined, account: string, field: string): Arrived => {
  // Somebody else's upload is answered like none at all.
  if (!upload || upload.account !== account)
    return refuse('NO_UPLOAD', 'There is no such upload of yours; upload the file again.', {
      field,
    })
  if (upload.state === 'failed')
    return refuse('UPLOAD_FAILED', upload.problem ?? 'This upload failed; send it again.', {
      field,
    })
  if (upload.sha256 === null)
    return refuse('UPLOAD_UNFINISHED', 'This upload is not finished; resume it first.', { field })
  return { ok: true, sha256: upload.sha256, size: upload.size }
}
