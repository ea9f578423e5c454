import type { ServerResponse } from 'node:http'
import type { ManifestFile } from '../datasets/datasets.ts'
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

/** Names and values in turn, as `writeHead` takes them. */
export type HeaderList = readonly string[]

/** Foreign bytes: to be saved, never to be run or guessed at. */
export const GUARD: HeaderList = [
  'x-content-type-options',
  'nosniff',
  'content-security-policy',
  "sandbox; default-src 'none'",
]

/** What holds for a file whatever is asked of it, and is all that a 304 or 416 says. */
export const identity = ({ sha256 }: Pick<ManifestFile, 'sha256'>): HeaderList => [
  'etag',
  `"${sha256}"`,
  'accept-ranges',
  'bytes',
  'cache-control',
  'private, no-store',
  ...GUARD,
]

/** All text is kept as UTF-8. */
const contentType = (mediaType: string): string =>
  mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType

const content = ({ mediaType, path }: Pick<ManifestFile, 'mediaType' | 'path'>): HeaderList => [
  'content-type',
  contentType(mediaType),
  'content-disposition',
  disposition(path),
]

/** What is said of bytes that are to be saved under a name. */
export const saveAs = (file: Pick<ManifestFile, 'mediaType' | 'path'>): HeaderList => [
  ...content(file),
  ...GUARD,
]

/** Manifests are kept in memory, and what is said of their files with them. */
const described = new WeakMap<ManifestFile, HeaderList>()

/** What is said of a file that was let through. */
export const describe = (file: ManifestFile): HeaderList => {
  const known = described.get(file)
  if (known) return known
  const made = [...identity(file), ...content(file)]
  described.set(file, made)
  return made
}

/** Length and place of the bytes that follow. */
export const extent = ({ from, to, partial }: ByteSpan, size: number): HeaderList => {
  const length = ['content-length', String(to - from + 1)]
  return partial ? [...length, 'content-range', `bytes ${from}-${to}/${size}`] : length
}

/** Sets them one by one, for an answer that others have a part in. */
export const put = (response: ServerResponse, headers: HeaderList): void => {
  for (let at = 0; at + 1 < headers.length; at += 2)
    response.setHeader(headers[at] ?? '', headers[at + 1] ?? '')
}
