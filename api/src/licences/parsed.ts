import { type Licence, parseLicence } from '../../../policies/index.ts'
import type { Licences } from './licences.ts'

const MOST = 500

/** Parses each document once: what has a digest never changes. The one read longest ago goes first. */
export const createParsed = (): Licences['parsed'] => {
  const known = new Map<string, Licence | null>()
  return ({ digest, document }) => {
    const held = known.get(digest)
    if (held !== undefined) return held
    const parsed = parseLicence(document)
    const licence = parsed.ok ? parsed.licence : null
    known.set(digest, licence)
    const [oldest] = known.keys()
    if (known.size > MOST && oldest !== undefined) known.delete(oldest)
    return licence
  }
}
