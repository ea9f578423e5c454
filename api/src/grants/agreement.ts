import { ACTIONS, licenceAgreement, PURPOSES, parseLicence } from '../../../policies/index.ts'
import type { LicenceRecord } from '../licences/licences.ts'
import type { Grant } from './grants.ts'
import { termsInForce } from './team.ts'

/** The licence a grant is held under: as it was granted, or the newer version its holder accepted. */
export const licenceHeld = async (
  grant: Grant,
  licenceOf: (digest: string) => Promise<LicenceRecord | null>,
): Promise<LicenceRecord | null> => {
  const [granted, accepted] = await Promise.all([grant.licence, termsInForce(grant)].map(licenceOf))
  // Where several communities keep a dataset, what was accepted may be the licence of another.
  return (accepted?.id === granted?.id ? accepted : granted) ?? null
}

/** What a grant comes to as an ODRL agreement; null when its licence cannot be read any more. */
export const agreementOf = (grant: Grant, record: LicenceRecord | null): object | null => {
  const parsed = parseLicence(record?.document)
  if (!record || !parsed.ok) return null
  return licenceAgreement(parsed.licence, {
    uid: `urn:commonhold:grant:${grant.id}`,
    // The pseudonym of this grant: an agreement that is shown to others names nobody.
    assignee: `urn:commonhold:holder:${grant.subject}`,
    target: `urn:commonhold:dataset:${grant.dataset}:${grant.version}`,
    licence: record.digest,
    actions: ACTIONS.filter((action) => grant.actions.includes(action)),
    purposes: PURPOSES.filter((purpose) => grant.purposes.includes(purpose)),
    issuedAt: grant.issuedAt,
    expiresAt: grant.expiresAt,
  })
}
