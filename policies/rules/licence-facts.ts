import { type Sha256, utf8 } from './canonical.ts'
import type { Decision } from './decision.ts'
import type { Licence } from './licence.ts'
import { ACTIONS, type Action } from './vocabulary.ts'

/**
 * The address of a licence version: `sha256-` and 64 hexadecimal digits of the canonical text
 * (RFC 8785) its document had when it was parsed. The order of keys makes no difference.
 */
export function licenceDigest(licence: Licence, sha256: Sha256): string {
  const hash = sha256(utf8(licence.canonical))
  return `sha256-${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** The actions some permission of the licence speaks of, in the order of the vocabulary. */
export const licenceActions = (licence: Licence): readonly Action[] =>
  ACTIONS.filter((action) => licence.compiled.byAction[action].permissions.length > 0)

/**
 * Whether a decision refers, and all that is left on some way to a permit is for people to decide and
 * no fact: clauses that nobody has settled, purposes and countries that are on no list.
 */
export const onlyPeopleCanSettle = ({ decision, ways }: Decision): boolean =>
  decision === 'refer' &&
  ways.some((way) =>
    way.every(({ fact, resolver }) => resolver === 'council' && fact !== 'councilApproval'),
  )
