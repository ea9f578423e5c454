import { isAbsolute, join, normalize, sep } from 'node:path'
import { EXIT, Failure } from './failure.ts'

export interface Sum {
  readonly sha256: string
  readonly path: string
}

/** What `sha256sum` writes: a digest, two spaces and a path a line. */
export const readSums = (text: string): readonly Sum[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, sha256, path] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
      if (!sha256 || !path) throw new Failure(EXIT.failed, `This is no SHA256SUMS: ${line}`)
      return { sha256, path }
    })

/** Where a path of a version goes below a folder; a registry names no place outside of it. */
export const below = (folder: string, path: string): string => {
  const inside = normalize(path)
  if (isAbsolute(inside) || inside.split(sep).includes('..'))
    throw new Failure(EXIT.damaged, `The registry names a file outside of the folder: ${path}`)
  return join(folder, inside)
}
