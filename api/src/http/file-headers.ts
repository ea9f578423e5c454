import type { Response } from 'express'
import type { ManifestFile } from '../datasets/datasets.ts'
import type { Pass } from '../grants/grants.ts'
import type { ByteSpan } from './byte-span.ts'

/** RFC 8187: what encodeURIComponent leaves and an extended value must not hold. */
const extended = (name: string): string =>
  encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** RFC 6266 with both forms, so that every client keeps the name. */
export const disposition = (path: string): string => {
  const name = path.split('/').at(-1) ?? 'file'
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended(name)}`
}

/** What holds for a file whatever is asked of it, and is all that a 304 or 416 says. */
export const identify = (response: Response, { file }: Pass): void => {
  response.set({
    etag: `"${file.sha256}"`,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
  })
}

/** Foreign bytes: to be saved, never to be run or guessed at. */
export const saveAs = (
  response: Response,
  { mediaType, path }: Pick<ManifestFile, 'mediaType' | 'path'>,
): void => {
  response.set({
    'content-type': mediaType,
    'content-disposition': disposition(path),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  })
}

/** The same for a file that was let through. */
export const describe = (response: Response, { file }: Pass): void => saveAs(response, file)

/** Status and length of the bytes that follow. */
export const announce = (
  response: Response,
  { from, to, partial }: ByteSpan,
  size: number,
): void => {
  response.status(partial ? 206 : 200)
  response.set('content-length', String(to - from + 1))
  if (partial) response.set('content-range', `bytes ${from}-${to}/${size}`)
}
