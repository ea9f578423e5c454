import {
  type Licence,
  licenceCodes,
  parseLicence,
  proveClaims,
  sayChange,
  sayClaim,
  sayExample,
} from '../../../policies/index.ts'
import { keepLast } from '../keep-last.ts'
import type { Licences, ProvedClaim } from './licences.ts'

const MOST = 500

/** Parses each document once: what has a digest never changes. */
export const createParsed = (): Licences['parsed'] =>
  keepLast(
    MOST,
    ({ digest }) => digest,
    ({ document }) => {
      const parsed = parseLicence(document)
      return parsed.ok ? parsed.licence : null
    },
  )

const proved = (licence: Licence): readonly ProvedClaim[] =>
  proveClaims(licence, licence.claims).map(({ claim, holds, example, method, states }) => ({
    id: claim.id,
    text: sayClaim(claim, 'en'),
    holds,
    counterexample: example && sayExample(licence, example, claim.verdict !== 'always', 'en'),
    method,
    states,
  }))

/** Proves the claims of each licence once. */
export const createClaims = (parsed: Licences['parsed']): Licences['claims'] =>
  keepLast(
    MOST,
    ({ digest }) => digest,
    (record) => {
      const licence = parsed(record)
      return licence ? proved(licence) : []
    },
  )

/** Compares each two versions once. */
export const createChange = (parsed: Licences['parsed']): Licences['change'] =>
  keepLast(
    MOST,
    ({ before, after }) => `${before.digest} ${after.digest}`,
    ({ before, after }) => {
      const [old, now] = [parsed(before), parsed(after)]
      return old && now && sayChange(old, now, 'en')
    },
  )

/** Finds the codes of other schemes that each licence implies, once. */
export const createCodes = (parsed: Licences['parsed']): Licences['codes'] =>
  keepLast(
    MOST,
    ({ digest }) => digest,
    (record) => {
      const licence = parsed(record)
      return licence ? licenceCodes(licence) : []
    },
  )
