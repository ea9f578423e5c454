import {
  ACTIONS,
  type AgreedPart,
  licenceAgreement,
  licenceAgreements,
  PURPOSES,
  parseLicence,
  WITHHELD_SHARE,
} from '../../../policies/index.ts'
import type { LicenceRecord } from '../licences/licences.ts'
import type { Grant } from './grants.ts'
import { settledBy } from './settled.ts'
import { termsInForce } from './team.ts'
import type { Terms } from './terms.ts'

/** The licence a grant is held under: as it was granted, or the newer version its holder accepted. */
const licenceHeld = async (
  grant: Grant,
  licenceOf: (digest: string) => Promise<LicenceRecord | null>,
): Promise<LicenceRecord | null> => {
  const [granted, accepted] = await Promise.all([grant.licence, termsInForce(grant)].map(licenceOf))
  // Where several communities keep a dataset, what was accepted may be the licence of another.
  return (accepted?.id === granted?.id ? accepted : granted) ?? null
}

const FINGERPRINTED = `About ${WITHHELD_SHARE * 100} % of the rows of larger tables and texts are missing from the copies handed out under this agreement, for each person other rows, so that a leak can be traced. Nothing false is added.`

const holding = (grant: Grant) => ({
  uid: `urn:commonhold:grant:${grant.id}`,
  // The pseudonym of this grant: an agreement that is shown to others names nobody.
  assignee: `urn:commonhold:holder:${grant.subject}`,
  target: `urn:commonhold:dataset:${grant.dataset}:${grant.version}`,
  actions: ACTIONS.filter((action) => grant.actions.includes(action)),
  purposes: PURPOSES.filter((purpose) => grant.purposes.includes(purpose)),
  issuedAt: grant.issuedAt,
  expiresAt: grant.expiresAt,
  ...(grant.fingerprint ? { note: FINGERPRINTED } : {}),
  settled: settledBy(grant).map(({ licence, clauses, community, vote }) => ({
    licence,
    clauses,
    by: `urn:commonhold:community:${community}`,
    vote: `urn:commonhold:proposal:${vote}`,
  })),
})

const partsOf = (terms: Terms): readonly AgreedPart[] =>
  terms.map(({ rule, custodians }) => ({
    rule,
    custodians: custodians.map(({ digest, licence, newer }) => ({
      licences: [{ licence, digest }, ...(newer ? [newer] : [])],
    })),
  }))

/** What is held under one licence; null when that cannot be read any more. */
const underOne = async (
  grant: Grant,
  licenceOf: (digest: string) => Promise<LicenceRecord | null>,
): Promise<object | null> => {
  const record = await licenceHeld(grant, licenceOf)
  const parsed = parseLicence(record?.document)
  if (!record || !parsed.ok) return null
  return licenceAgreement(parsed.licence, { ...holding(grant), licence: record.digest })
}

export interface AgreementDeps {
  readonly licences: { readonly licence: (digest: string) => Promise<LicenceRecord | null> }
  readonly termsOf: (version: Grant) => Promise<Terms>
}

/** What a grant comes to as ODRL: one agreement, or one for each licence that holds beside another. */
export const agreementOf = async (
  { licences, termsOf }: AgreementDeps,
  grant: Grant,
): Promise<object | null> => {
  const parts = partsOf(await termsOf(grant))
  const count = parts.flatMap(({ custodians }) => custodians.flatMap((one) => one.licences)).length
  return count > 1 ? licenceAgreements(parts, holding(grant)) : underOne(grant, licences.licence)
}
