import type { VersionName } from './dataset.ts'

/** A path that every client can fetch, or why not. */
export type FilePath =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly message: string }

const MAX_PATH = 512
const MAX_SEGMENT = 255
// Clients put paths into URLs and on disks without escaping these.
const RESERVED = /[#?%\\]/
// Line separators break lists of files; direction marks make `gpj.exe` read as `exe.jpg`.
const UNSEEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/u

const segmentProblem = (segment: string): string | null => {
  if (segment === '') return 'must not begin or end with a slash or hold two in a row'
  if (segment === '.' || segment === '..') return 'must not hold the steps "." or ".."'
  if (segment !== segment.trim()) return 'must not have spaces around a name'
  if (Buffer.byteLength(segment) > MAX_SEGMENT) return `has a name longer than ${MAX_SEGMENT} bytes`
  return null
}

const pathProblem = (path: string): string | null => {
  if (path === '') return 'must not be empty'
  if (Buffer.byteLength(path) > MAX_PATH) return `is longer than ${MAX_PATH} bytes`
  if (UNSEEN.test(path)) return 'holds a character that cannot be seen; type the name anew'
  if (RESERVED.test(path)) return 'must not hold # ? % or \\; rename the file'
  for (const segment of path.split('/')) {
    const problem = segmentProblem(segment)
    if (problem !== null) return problem
  }
  return null
}

/** Reads the path under which a file shall be stored; it is kept in Unicode form NFC. */
export const parseFilePath = (text: string): FilePath => {
  const path = text.normalize('NFC')
  const problem = pathProblem(path)
  return problem === null
    ? { ok: true, path }
    : { ok: false, message: `The path ${JSON.stringify(text)} ${problem}.` }
}

/** A path in an address; every part of it is encoded by itself. */
export const encodedPath = (path: string): string =>
  path.split('/').map(encodeURIComponent).join('/')

/** The enforced address of a file. */
export const fileUrl = ({ dataset, version }: VersionName, path: string): string =>
  `/datasets/${dataset}/versions/${version}/files/${encodedPath(path)}`

/** Where the beginning of a recording can be heard. */
export const previewUrl = ({ dataset, version }: VersionName, path: string): string =>
  `/datasets/${dataset}/versions/${version}/preview/${encodedPath(path)}`

/** Two paths with one key collide on some disk: upper and lower case are the same there. */
export const pathKey = (path: string): string =>
  path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')

const foldersOf = (key: string): readonly string[] =>
  key.split('/').flatMap((_, i, names) => (i === 0 ? [] : [names.slice(0, i).join('/')]))

/** The first path that another one excludes, by its name or as a folder of the other; or null. */
export const pathConflict = (paths: readonly string[]): string | null => {
  const folders = new Set(paths.flatMap((path) => foldersOf(pathKey(path))))
  const seen = new Set<string>()
  for (const path of paths) {
    const key = pathKey(path)
    if (seen.has(key) || folders.has(key)) return path
    seen.add(key)
  }
  return null
}
