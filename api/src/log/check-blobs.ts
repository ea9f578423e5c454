import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Finding } from './finding.ts'

const DIGEST = /^[0-9a-f]{64}$/

const digestOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

const missing = (sha256: string, idx: number): Finding => ({
  kind: 'blob',
  idx,
  message: `the file ${sha256}, which event ${idx} names, is not stored`,
})

/**
 * Hashes every stored file `ab/cdef…` again and names those whose content is not what their name
 * says, and those that are gone. `named`: by SHA-256, the first event that names it.
 */
export const checkBlobs = async (
  folder: string,
  named: ReadonlyMap<string, number> = new Map(),
): Promise<{ count: number; findings: readonly Finding[] }> => {
  const findings: Finding[] = []
  const gone = new Map(named)
  let count = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const name = `${entry.parentPath.slice(-2)}${entry.name}`
    if (!entry.isFile() || !DIGEST.test(name)) continue
    count++
    gone.delete(name)
    if ((await digestOf(join(entry.parentPath, entry.name))) !== name)
      findings.push({
        kind: 'blob',
        message: `the stored file ${name} has other content than its name`,
      })
  }
  for (const [sha256, idx] of gone) findings.push(missing(sha256, idx))
  return { count, findings }
}
