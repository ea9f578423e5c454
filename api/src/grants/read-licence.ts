import { type Licence, parseLicence } from '../../../policies/index.ts'
import type { Licences } from '../licences/licences.ts'

const MOST = 500

/** Licences by digest, parsed once: a digest never changes its meaning. */
export const createLicenceReader = (licences: Licences) => {
  const parsed = new Map<string, Licence>()
  return async (digest: string): Promise<Licence> => {
    const known = parsed.get(digest)
    if (known) return known
    const record = await licences.licence(digest)
    const result = record && parseLicence(record.document)
    if (!result?.ok) throw new Error(`licence ${digest} is not on record or cannot be read`)
    if (parsed.size >= MOST) parsed.delete(parsed.keys().next().value ?? '')
    parsed.set(digest, result.licence)
    return result.licence
  }
}

export type ReadLicence = ReturnType<typeof createLicenceReader>
