import { type Licence, parseLicence, summarise } from '../../../policies/index.ts'
import type { Licences } from '../licences/licences.ts'
import type { DutyWords } from './grants.ts'
import { remember } from './remember.ts'

const MOST = 500

/** Licences by digest, parsed once. */
export const createLicenceReader = (licences: Licences): ReadLicence =>
  remember(
    async (digest) => {
      const record = await licences.licence(digest)
      const result = record && parseLicence(record.document)
      if (!result?.ok) throw new Error(`licence ${digest} is not on record or cannot be read`)
      return result.licence
    },
    { most: MOST },
  )

export type ReadLicence = (digest: string) => Promise<Licence>

export const dutyWordsOf = (licence: Licence): DutyWords => {
  const sentences = summarise(licence, 'en')
  return (clause, kind) => sentences.find((one) => one.clause === clause)?.text ?? kind
}
