import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  type Facts,
  instantiate,
  type Licence,
  type LicenceParts,
  type Problem,
  parseLicence,
  type Use,
} from '../../policies/index.ts'

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest())

export const readJson = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))

export const TEMPLATES = [
  'guardianship',
  'tiered-benefit',
  'reinvest',
  'open-with-credit',
  'research-only',
  'community-only',
  'staged-release',
  'open',
] as const
export type TemplateName = (typeof TEMPLATES)[number]

export const EMBARGO = Date.UTC(2026, 0, 1)
export const OPEN = Date.UTC(2029, 0, 1)
export const EXPIRY = Date.UTC(2031, 0, 1)
/** Within the embargo and expiry of `PARTS`, before its last stage. */
export const NOW = Date.UTC(2026, 10, 22)

export const PARTS: LicenceParts = {
  licence: 'urn:example:licence:speech:1',
  target: 'urn:example:dataset:speech',
  assigner: 'urn:example:community:one',
  title: 'Example speech',
  home: ['GH'],
  region: ['BJ', 'NG', 'TG'],
  embargo: '2026-01-01T00:00:00Z',
  expiry: '2031-01-01T00:00:00Z',
  open: '2029-01-01T00:00:00Z',
}

export const templateDocument = (
  name: TemplateName,
  parts: LicenceParts = PARTS,
): Record<string, unknown> =>
  instantiate(readJson(`policies/licences/${name}.json`), parts) as Record<string, unknown>

export function licenceOf(document: unknown): Licence {
  const parsed = parseLicence(document)
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.problems, null, 1)}`)
  return parsed.licence
}

export const template = (name: TemplateName, parts: LicenceParts = PARTS): Licence =>
  licenceOf(templateDocument(name, parts))

export function problemsOf(document: unknown): readonly Problem[] {
  const parsed = parseLicence(document)
  return parsed.ok ? [] : parsed.problems
}

/** A researcher at home, checked, with every duty accepted: permitted wherever that is enough. */
export const RESEARCHER: Facts = {
  actorKind: 'academic',
  commercialTie: 'no',
  country: 'GH',
  control: 'region',
  ethicsApproval: 'yes',
  identityAssurance: 2,
  overdueDuties: 0,
  acceptedDuties: [
    'attribute',
    'noticeLabels',
    'reportBack',
    'shareBack',
    'shareAlike',
    'benefitShare',
  ],
}
export const MEMBER: Facts = { ...RESEARCHER, membership: 'member' }
export const RESEARCH: Use = { actions: ['download'], purposes: ['linguisticResearch'] }

/** The clause name within the licence: what follows `#`. */
export const fragment = (clause: string): string => clause.slice(clause.indexOf('#') + 1)
