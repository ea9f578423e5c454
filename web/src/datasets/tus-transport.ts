import { DetailedError, Upload } from 'tus-js-client'
import type { UploadProblem } from './upload-queue.ts'
import type { UploadTransport } from './uploader.ts'

const endpoint = '/uploads'
/** One mebibyte: on a 64 kbit/s line a cut costs two minutes at most; the server allows four. */
const chunkSize = 1024 * 1024
const retryDelays = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000]

/** Sends over tus 1.0.0; the browser keeps the upload's address, so a reload goes on from there. */
export const tusTransport: UploadTransport = (file, path, on) => {
  const upload = new Upload(file, {
    endpoint,
    chunkSize,
    retryDelays,
    removeFingerprintOnSuccess: true,
    metadata: { filename: path, filetype: file.type || 'application/octet-stream' },
    fingerprint: async () => ['commonhold', path, file.size, file.lastModified].join('|'),
    onProgress: (sent) => on.progress(sent),
    onSuccess: () => on.finish(uploadId(upload.url ?? '')),
    onError: (error) => on.fail(problemOf(statusOf(error))),
    onShouldRetry: (error) => isTransient(statusOf(error)),
  })
  let stopped = false
  const begin = async () => {
    const [previous] = await upload.findPreviousUploads()
    if (stopped) return
    if (previous) upload.resumeFromPreviousUpload(previous)
    upload.start()
  }
  begin().catch(() => on.fail('network'))
  return {
    stop: () => {
      stopped = true
      upload.abort().catch(() => undefined)
    },
  }
}

/** The upload's id is the last segment of its address. */
export const uploadId = (url: string) => url.split('?')[0]?.split('/').filter(Boolean).at(-1) ?? ''

/** What an HTTP status of the upload door means to the person who waits; 0 is a broken line. */
export function problemOf(status: number): UploadProblem {
  if (status === 413) return 'too-large'
  if (status === 422) return 'bad-name'
  if (status === 507) return 'no-space'
  if (status === 401) return 'signed-out'
  if (status === 403 || status === 404) return 'not-allowed'
  return 'network'
}

/** Worth another try: a broken line, a lock still held, a server that is busy or restarting. */
export const isTransient = (status: number) =>
  status === 0 || status === 409 || status === 423 || status === 429 || isServerFault(status)

const isServerFault = (status: number) => status >= 500 && status !== 507

const statusOf = (error: Error | DetailedError) =>
  error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0
