import {
  asNewVersion,
  editableTexts,
  instantiate,
  type LicenceJson,
  nameLicence,
  type Problem,
  setTexts,
  templateParts,
} from '../../../policies/index.ts'
import type { LicenceBuilderQuery } from '../graphql/generated.ts'

export type BuilderCommunity = NonNullable<LicenceBuilderQuery['community']>
export type BuilderTemplate = LicenceBuilderQuery['licenceTemplates'][number]

export interface LocalWords {
  readonly lang: string
  readonly text: string
}

/** What is kept on the device until the licence is proposed. */
export type BuilderDraft = {
  /** The document as JSON; empty before anything was chosen. */
  readonly document: string
  /** Kept apart while they are typed, because a document holds no empty text. */
  readonly titles: readonly LocalWords[]
  readonly preambles: readonly LocalWords[]
  /** Id of the licence this is a new version of; empty for a new one. */
  readonly replaces: string
  readonly reason: string
}

export const emptyBuilder: BuilderDraft = {
  document: '',
  titles: [],
  preambles: [],
  replaces: '',
  reason: '',
}

const isDocument = (value: unknown): value is LicenceJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The licence as it would be proposed; null before anything was chosen. */
export function documentOf({ document, titles, preambles }: BuilderDraft): LicenceJson | null {
  if (document === '') return null
  const parsed: unknown = JSON.parse(document)
  if (!isDocument(parsed)) return null
  return setTexts(setTexts(parsed, 'dct:title', titles), 'sov:preamble', preambles)
}

const begun = (document: LicenceJson, replaces: string): BuilderDraft => ({
  document: JSON.stringify(document),
  titles: editableTexts(document, 'dct:title'),
  preambles: editableTexts(document, 'sov:preamble'),
  replaces,
  reason: '',
})

const YEAR = 365 * 86_400_000
const instantAfter = (now: string, years: number): string =>
  `${new Date(Date.parse(now) + years * YEAR).toISOString().slice(0, 10)}T00:00:00Z`

interface Place {
  readonly community: BuilderCommunity
  /** The registry's time. */
  readonly now: string
}

const listIn = (document: unknown, key: string): readonly string[] => {
  const value = isDocument(document) ? document[key] : undefined
  return Array.isArray(value) ? value.filter((code) => typeof code === 'string') : []
}

/** Countries of the licence the community has, as a start for the next one. */
const known = ({ licences }: BuilderCommunity, key: string): readonly string[] =>
  licences.map(({ document }) => listIn(document, key)).find((codes) => codes.length > 0) ?? []

/** A draft from a template. `name` is unique to this licence. */
export function fromTemplate(
  template: BuilderTemplate,
  { community, now }: Place,
  name: string,
): BuilderDraft {
  const needed = templateParts(template.document).filter(({ optional }) => !optional)
  const asks = (part: string) => needed.some((one) => one.name === part)
  const document = instantiate(template.document, {
    licence: `urn:commonhold:licence:${name}:1`,
    target: `urn:commonhold:community:${community.id}:datasets`,
    assigner: `urn:commonhold:community:${community.id}`,
    title: template.title,
    home: known(community, 'sov:home'),
    region: known(community, 'sov:region'),
    ...(asks('embargo') ? { embargo: instantAfter(now, 1) } : {}),
    ...(asks('open') ? { open: instantAfter(now, 2) } : {}),
  })
  return begun(isDocument(document) ? document : {}, '')
}

/** A draft of the next version of an adopted licence; null when its document cannot be edited. */
export function fromLicence(licence: BuilderCommunity['licences'][number]): BuilderDraft | null {
  const { document, id, version } = licence
  if (!isDocument(document)) return null
  const next = asNewVersion(document, `urn:commonhold:licence:${id}:${version + 1}`)
  return begun(next, id)
}

/** What changes in a draft when it is to follow another licence; none when `id` is empty. */
export function following(
  document: LicenceJson,
  { licences }: BuilderCommunity,
  id: string,
  name: string,
): Pick<BuilderDraft, 'document' | 'replaces'> {
  const before = newestOfEach(licences).find((one) => one.id === id)
  const replaced = isDocument(before?.document) ? String(before.document.uid) : null
  const uid = `urn:commonhold:licence:${before ? `${id}:${before.version + 1}` : `${name}:1`}`
  return { document: JSON.stringify(nameLicence(document, uid, replaced)), replaces: id }
}

type OwnLicences = BuilderCommunity['licences']

/** The newest version of each licence: only that one is followed by another. */
export const newestOfEach = (licences: OwnLicences): OwnLicences =>
  licences.filter((one) =>
    licences.every(({ id, version }) => id !== one.id || version <= one.version),
  )

/** The id of the control a problem of the document is about. */
export function fieldOf({ path }: Problem, document: LicenceJson): string {
  const [, key = '', index = ''] = path.split('/')
  if (key === 'dct:title') return 'titles'
  if (key === 'sov:preamble') return 'preambles'
  if (key === 'sov:home' || key === 'sov:region') return key.slice(4)
  if (key === 'sov:labels') return 'labels'
  if (key === 'sov:claims') return 'claims'
  if (key === 'sov:humanOnly') return 'human'
  if (key !== 'permission' && key !== 'prohibition') return 'builder'
  const rules = document[key]
  const rule: unknown = Array.isArray(rules) ? rules[Number(index)] : undefined
  const uid = isDocument(rule) && typeof rule.uid === 'string' ? rule.uid : ''
  return uid ? uid.replace(/^.*#/, 'rule-') : key
}
