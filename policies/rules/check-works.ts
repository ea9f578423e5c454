import { type DerivationFault, derivationFault } from './derive.ts'
import type { Licence } from './licence.ts'
import { parseLicence } from './parse-licence.ts'

type Entry = Readonly<Record<string, unknown>>

interface Work {
  readonly licence: string
  readonly parents: readonly string[]
  published: boolean
}

/** Checks, from the public entries of a log alone, that works keep to what they were made from. */
export interface WorkCheck {
  /** Takes note of one entry; others than those about works are passed over. */
  note(index: number, leaf: string): void
  /** What is wrong, in words, with the entry that shows it. */
  readonly problems: readonly { readonly entry: number; readonly message: string }[]
  /** Works with parents whose licence was proved again. */
  readonly proved: () => number
}

const ABOUT = ['"licence.adopted"', '"version.assembled"', '"version.published"']

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null

const parseEntry = (leaf: string): Entry | null => {
  try {
    const value: unknown = JSON.parse(leaf)
    return isEntry(value) ? value : null
  } catch {
    return null
  }
}

const keyOf = (value: unknown): string =>
  isEntry(value) ? `${text(value.dataset)}@${text(value.version)}` : ''

const FAULTS: Readonly<Record<DerivationFault['kind'], string>> = {
  clash: 'leave no use together',
  wider: 'do not permit all that it permits',
  unproved: 'are too large to prove it by',
}

interface Register {
  /** Licence documents by digest. */
  readonly documents: Map<string, unknown>
  readonly works: Map<string, Work>
  readonly problems: { entry: number; message: string }[]
}

/** All that lies behind a work, each once. */
const lineOf = (
  works: Register['works'],
  key: string,
  seen: Set<string> = new Set(),
): ReadonlySet<string> => {
  for (const parent of works.get(key)?.parents ?? []) {
    if (seen.has(parent)) continue
    seen.add(parent)
    lineOf(works, parent, seen)
  }
  return seen
}

const licenceOf = ({ documents, works }: Register, key: string): Licence | null => {
  const parsed = parseLicence(documents.get(works.get(key)?.licence ?? ''))
  return parsed.ok ? parsed.licence : null
}

const noteAssembled = ({ works, problems }: Register, entry: number, data: Entry): void => {
  const parents = Array.isArray(data.parents) ? data.parents.map(keyOf) : []
  const strange = parents.find((parent) => works.get(parent)?.published !== true)
  const key = keyOf(data)
  works.set(key, { licence: text(data.licence), parents, published: false })
  if (strange !== undefined)
    problems.push({ entry, message: `${key} is made from ${strange}, which was not published` })
}

/** What is wrong with a work as it is published; null when its licence is proved. */
const problemOf = (register: Register, key: string, line: readonly string[]): string | null => {
  const child = licenceOf(register, key)
  const parents = line.flatMap((parent) => licenceOf(register, parent) ?? [])
  if (!child || parents.length < line.length)
    return `${key}, or what it is made from, is under a licence that the log does not hold`
  const fault = derivationFault(child, parents)
  return fault && `the licences of what ${key} is made from ${FAULTS[fault.kind]}`
}

/** A check to be fed with every entry of a log in its order (`licences.md` 5.7). */
export const createWorkCheck = (): WorkCheck => {
  const register: Register = { documents: new Map(), works: new Map(), problems: [] }
  const { documents, works, problems } = register
  let proved = 0

  const notePublished = (entry: number, key: string): void => {
    const work = works.get(key)
    if (!work || work.published) return
    work.published = true
    const line = [...lineOf(works, key)]
    const message = line.length === 0 ? null : problemOf(register, key, line)
    if (message !== null) problems.push({ entry, message })
    else if (line.length > 0) proved += 1
  }

  return {
    problems,
    proved: () => proved,
    note: (index, leaf) => {
      const entry = ABOUT.some((type) => leaf.includes(type)) ? parseEntry(leaf) : null
      if (entry?.type === 'licence.adopted') documents.set(text(entry.digest), entry.document)
      if (entry?.type === 'version.assembled') noteAssembled(register, index, entry)
      if (entry?.type === 'version.published') notePublished(index, keyOf(entry))
    },
  }
}
