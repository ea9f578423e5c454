import type { AssembleVersionInput } from '../graphql/generated.ts'
import type { AssembleKey } from '../i18n/areas/assemble.ts'
import { missing, type Problem, problemIf } from '../ui/problem.ts'

/** What a steward has typed of the next version. */
export type VersionDraft = {
  readonly version: string
  readonly licence: string
  readonly contributions: readonly string[]
  /** What it is made from, one a line. */
  readonly parents: string
  readonly statement: Readonly<Record<string, string>>
  /** What files and folders belong to, by path; left out by drafts of before. */
  readonly artefacts?: Readonly<Record<string, string>>
}

/** What a version may consist of; each is released by itself. */
export const artefacts = ['code', 'training', 'test', 'regime', 'model'] as const

/** Files and folders at the top: few enough to say of each what it is. */
export const topEntries = (paths: readonly string[]): readonly string[] => [
  ...new Set(paths.map((path) => /^[^/]+\/?/.exec(path)?.[0] ?? path)),
]

export type StatementField = { readonly field: string; readonly required: boolean }

export type Completeness = {
  readonly done: number
  readonly needed: number
  /** Required fields that hold no text. "unknown" is an answer, an empty field is not. */
  readonly missing: readonly string[]
}

export function completeness(
  fields: readonly StatementField[],
  statement: Readonly<Record<string, string>>,
): Completeness {
  const required = fields.filter((field) => field.required)
  const missing = required.filter(({ field }) => (statement[field] ?? '').trim() === '')
  return {
    done: required.length - missing.length,
    needed: required.length,
    missing: missing.map(({ field }) => field),
  }
}

/** Words in a summary, as the registry counts them: enough to say something, few enough to be read. */
export const summaryWords = { least: 60, most: 100 } as const

/** Words by the rules of Unicode, so that scripts without spaces are counted too. */
export const countWords = (text: string): number =>
  [...new Intl.Segmenter('und', { granularity: 'word' }).segment(text)].filter(
    ({ isWordLike }) => isWordLike,
  ).length

/** How a summary fails, if it does; an empty one is reported as missing instead. */
const summaryFails = (text: string) => {
  const words = countWords(text)
  return words > 0 && (words < summaryWords.least || words > summaryWords.most)
}

const semver = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/

export const isVersion = (text: string) => semver.test(text.trim())

/** The next minor version after the highest one there is; 1.0.0 for the first. */
export function suggestVersion(existing: readonly string[]): string {
  const highest = existing.filter(isVersion).map(parts).sort(compare).at(-1)
  if (!highest) return '1.0.0'
  return `${highest[0]}.${highest[1] + 1}.0`
}

type Parts = readonly [number, number, number]

const parts = (version: string): Parts => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return [major, minor, patch]
}

const compare = (a: Parts, b: Parts) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]

export type ConsentLimit = { readonly id: string; readonly consent: { readonly maxStage: number } }

const parentLine = /(?:^|\/)(d_[0-9a-z]+)\W+(\d[\w.-]*)$/

type Parent = { readonly dataset: string; readonly version: string }

/** Lines that name a version of a dataset, and the first that does not. */
export function readParents(text: string): {
  readonly parents: readonly Parent[]
  readonly strange: string | undefined
} {
  const lines = text.split('\n').map((line) => line.trim())
  const told = lines.filter((line) => line !== '')
  const found = told.map((line) => parentLine.exec(line))
  return {
    parents: found.flatMap((match) =>
      match?.[1] && match[2] ? [{ dataset: match[1], version: match[2] }] : [],
    ),
    strange: told[found.indexOf(null)],
  }
}

/** A version may not be released further than the narrowest consent in it. */
export function widestStage(
  contributions: readonly ConsentLimit[],
  chosen: readonly string[],
): number {
  const limits = contributions.filter(({ id }) => chosen.includes(id))
  return limits.reduce((lowest, { consent }) => Math.min(lowest, consent.maxStage), 5)
}

/** Start from what the last version said, so that a new one only states what changed. */
export const statementOf = (
  sections: readonly { readonly field: string; readonly text: string }[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(sections.map(({ field, text }) => [field, text]))

/** A day typed into a date field is midnight UTC; an empty field is no embargo. */
export const embargoInstant = (day: string) => (day === '' ? null : `${day}T00:00:00.000Z`)

type Versions = readonly {
  readonly statement: {
    readonly sections: readonly { readonly field: string; readonly text: string }[]
  }
}[]

type Steward = {
  readonly versions: Versions
  readonly drafts: Versions | null
  readonly community: { readonly licences: readonly { readonly digest: string }[] }
}

/** A new version starts from the statement of the newest one and the only licence there is. */
export function firstDraft(dataset: Steward, taken: readonly string[]): VersionDraft {
  const newest = dataset.drafts?.[0] ?? dataset.versions[0]
  const [licence, another] = dataset.community.licences
  return {
    version: suggestVersion(taken),
    licence: licence && !another ? licence.digest : '',
    contributions: [],
    parents: '',
    statement: newest ? statementOf(newest.statement.sections) : {},
    artefacts: {},
  }
}

/** What keeps a version from being made, in the order of the page. */
export function versionProblems(
  draft: VersionDraft,
  taken: readonly string[],
  fields: readonly StatementField[],
): readonly Problem<AssembleKey>[] {
  const version = draft.version.trim()
  const unanswered = completeness(fields, draft.statement).missing
  const summary = draft.statement.summary ?? ''
  const { strange } = readParents(draft.parents)
  return [
    ...missing<AssembleKey>([
      ['contributions', draft.contributions.join(''), 'problem.contributions'],
    ]),
    ...problemIf<AssembleKey>(!isVersion(version), 'version', 'problem.version'),
    ...problemIf<AssembleKey>(taken.includes(version), 'version', 'problem.versionTaken'),
    ...problemIf<AssembleKey>(strange !== undefined, 'parents', 'problem.parents', {
      line: strange ?? '',
    }),
    ...missing<AssembleKey>([['licence', draft.licence, 'problem.licence']]),
    ...problemIf<AssembleKey>(summaryFails(summary), 'statement.summary', 'problem.summary', {
      count: countWords(summary),
      ...summaryWords,
    }),
    ...unanswered.map(
      (field): Problem<AssembleKey> => ({
        field: `statement.${field}`,
        key: 'problem.statement',
      }),
    ),
  ]
}

/** Those of the entries that still are in what was chosen. */
const placedIn = (
  placed: VersionDraft['artefacts'] = {},
  paths: readonly string[],
): AssembleVersionInput['artefacts'] => {
  const entries = topEntries(paths)
  return Object.entries(placed)
    .filter(([path, artefact]) => artefact !== '' && entries.includes(path))
    .map(([path, artefact]) => ({ path, artefact }))
}

export const toVersionInput = (
  dataset: string,
  draft: VersionDraft,
  paths: readonly string[],
): AssembleVersionInput => ({
  dataset,
  version: draft.version.trim(),
  licence: draft.licence,
  contributions: [...draft.contributions],
  parents: [...readParents(draft.parents).parents],
  artefacts: placedIn(draft.artefacts, paths),
  statement: Object.entries(draft.statement)
    .filter(([, text]) => text.trim() !== '')
    .map(([field, text]) => ({ field, text: text.trim() })),
})
