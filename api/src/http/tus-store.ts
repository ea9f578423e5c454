import { DataStore, Upload as TusUpload } from '@tus/server'
import type { Announcement, UploadDesk } from '../datasets/upload-desk.ts'
import type { Upload } from '../datasets/uploads.ts'
import { notFound } from '../errors.ts'
import type { Refusal } from '../log/index.ts'

const MAX_METADATA = 4096

/** Who speaks, and what the library does not carry between them and the desk. */
export interface Visit {
  readonly account: string
  /** Upload-Metadata exactly as the client sent it. */
  readonly metadata: string
  /** Tells the state of the upload in the answer. */
  readonly show: (upload: Upload) => void
}

const STATUS: Readonly<Record<string, number>> = {
  TOO_LARGE: 413,
  TOO_LONG: 413,
  QUOTA: 507,
  NO_SPACE: 507,
  WRONG_OFFSET: 409,
  NOT_FOUND: 404,
  // What the client would send on to can never become a file.
  FAILED: 410,
  CHECKSUM: 460,
  BAD_NAME: 422,
}

/** The status of HTTP for a refusal of the desk. */
export const statusOf = (code: string): number => STATUS[code] ?? 400

/** What @tus/server makes an answer of when a store throws it. */
const refusal = (status: number, message: string): Error =>
  Object.assign(new Error(message), { status_code: status, body: `${message}\n` })

const refusalOf = ({ code, message }: Refusal): Error => refusal(statusOf(code), message)

const announcementOf = ({ size, metadata }: TusUpload, header: string): Announcement => {
  if (header.length > MAX_METADATA)
    throw refusal(400, `Upload-Metadata has at most ${MAX_METADATA} characters; send less.`)
  const expected = metadata?.sha256?.toLowerCase() ?? null
  if (expected !== null && !/^[0-9a-f]{64}$/.test(expected))
    throw refusal(400, 'The metadata "sha256" is 64 hexadecimal digits.')
  return {
    size: size ?? 0,
    filename: metadata?.filename ?? '',
    mediaType: metadata?.filetype ?? '',
    metadata: header,
    expected,
  }
}

/** The desk as @tus/server wants it: the store of one visit, in which there is nobody else's. */
export const tusStore = (desk: UploadDesk, visit: Visit): DataStore =>
  Object.assign(new DataStore(), {
    extensions: ['creation', 'expiration', 'termination', 'checksum'],
    create: async (announced: TusUpload): Promise<TusUpload> => {
      const announcement = announcementOf(announced, visit.metadata)
      const result = await desk.announce(visit.account, announcement)
      if (!result.ok) throw refusalOf(result)
      visit.show(result.upload)
      // The library names the new address after this.
      announced.id = result.upload.id
      return announced
    },
    getUpload: async (id: string): Promise<TusUpload> => {
      const upload = await desk.find(visit.account, id)
      if (!upload) throw refusalOf(notFound('upload'))
      if (upload.state === 'failed')
        throw refusal(410, upload.problem ?? 'This upload failed; start it again.')
      visit.show(upload)
      return new TusUpload({ id, size: upload.size, offset: upload.offset })
    },
    remove: async (id: string): Promise<void> => {
      if (!(await desk.abandon(visit.account, id))) throw refusalOf(notFound('upload'))
    },
  })
