import { diffWords, type TextChange } from '../../../policies/index.ts'
import type { ManifestFile, Statement, Version } from './dataset.ts'
import { compareVersions, parseVersion } from './semantic-version.ts'
import { STATEMENT_FIELDS } from './statement-fields.ts'

/** What became of one file from one version to another. */
export interface FileChange {
  /** Where it is in the newer version, or was when it is gone. */
  readonly path: string
  /** `moved`: the same bytes under another path; `changed`: other bytes under the same. */
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  readonly from: ManifestFile | null
  readonly to: ManifestFile | null
  /** It has rows, and few enough of them to be counted. */
  readonly countable: boolean
  readonly older: Version
  readonly newer: Version
}

export interface StatementChange {
  readonly field: string
  readonly title: string
  readonly changes: readonly TextChange[]
}

/** Two versions of one dataset beside each other. */
export interface Comparison {
  readonly older: Version
  readonly newer: Version
  readonly files: readonly FileChange[]
  /** Files that are the same under the same path. */
  readonly same: number
  readonly statement: readonly StatementChange[]
}

/** What one version hands out and says. */
export interface Side {
  readonly version: Version
  readonly files: readonly ManifestFile[]
  readonly statement: Statement
}

type Pair = Pick<FileChange, 'path' | 'kind' | 'from' | 'to'>

/** Types of which one line is one row. */
const IN_ROWS: ReadonlySet<string> = new Set([
  'text/plain',
  'text/markdown',
  'text/csv',
  'text/tab-separated-values',
  'application/jsonlines',
])

/** Bytes of a file, and of all files of one comparison, up to which rows are counted. */
export const ROWS_OF_FILE = 4 * 1024 * 1024
const ROWS_IN_ALL = 16 * 1024 * 1024

const byPath = (files: readonly ManifestFile[]): ReadonlyMap<string, ManifestFile> =>
  new Map(files.map((file) => [file.path, file]))

/** Files that lie elsewhere with the same bytes are paired, each once. */
const pairMoved = (gone: readonly ManifestFile[], came: readonly ManifestFile[]) => {
  const left = new Map<string, ManifestFile[]>()
  for (const file of gone) left.set(file.sha256, [...(left.get(file.sha256) ?? []), file])
  const pairs = came.map((to): Pair => {
    const from = left.get(to.sha256)?.shift() ?? null
    return { path: to.path, kind: from ? 'moved' : 'added', from, to }
  })
  const removed = [...left.values()]
    .flat()
    .map((from): Pair => ({ path: from.path, kind: 'removed', from, to: null }))
  return [...pairs, ...removed]
}

/** What became of the files, by path; those that are the same are left out. */
export const changedFiles = (
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
): readonly Pair[] => {
  const [old, now] = [byPath(before), byPath(after)]
  const changed = after.flatMap((to): Pair[] => {
    const from = old.get(to.path)
    return from && from.sha256 !== to.sha256 ? [{ path: to.path, kind: 'changed', from, to }] : []
  })
  const rest = pairMoved(
    before.filter(({ path }) => !now.has(path)),
    after.filter(({ path }) => !old.has(path)),
  )
  return [...changed, ...rest].sort((a, b) => (a.path < b.path ? -1 : 1))
}

const isSmallText = (file: ManifestFile | null): boolean =>
  file === null || (IN_ROWS.has(file.mediaType) && file.size <= ROWS_OF_FILE)

/** The first of them whose rows are counted without reading more than is bearable. */
const markCountable = (pairs: readonly Pair[], older: Version, newer: Version): FileChange[] => {
  let left = ROWS_IN_ALL
  return pairs.map((pair) => {
    const { kind, from, to } = pair
    const bytes = (from?.size ?? 0) + (to?.size ?? 0)
    const countable = kind !== 'moved' && isSmallText(from) && isSmallText(to) && bytes <= left
    if (countable) left -= bytes
    return { ...pair, countable, older, newer }
  })
}

/** The sections of the data statement that say something else, in their usual order. */
export const changedStatement = (before: Statement, after: Statement): readonly StatementChange[] =>
  STATEMENT_FIELDS.flatMap(({ field, title }) => {
    const [was, is] = [before[field] ?? '', after[field] ?? '']
    return was === is ? [] : [{ field, title, changes: diffWords(was, is) }]
  })

/** What the newer side has otherwise than the older one. */
export const compareSides = (older: Side, newer: Side): Comparison => {
  const pairs = changedFiles(older.files, newer.files)
  const touched = pairs.filter(({ to }) => to !== null).length
  return {
    older: older.version,
    newer: newer.version,
    files: markCountable(pairs, older.version, newer.version),
    same: newer.files.length - touched,
    statement: changedStatement(older.statement, newer.statement),
  }
}

/** The published version with the highest number below another; null when it is the first. */
export const versionBefore = (
  all: readonly Version[],
  { version }: Pick<Version, 'version'>,
): Version | null => {
  const order = (a: string, b: string): number => {
    const [one, other] = [parseVersion(a), parseVersion(b)]
    return one && other ? compareVersions(one, other) : 0
  }
  const earlier = all.filter((one) => one.publishedAt !== null && order(one.version, version) < 0)
  return earlier.sort((a, b) => order(b.version, a.version))[0] ?? null
}
