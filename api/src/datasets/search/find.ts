import type { Filter } from './facet-values.ts'
import {
  type Grade,
  gradesOf,
  loosened,
  matchAll,
  matchAny,
  matchWord,
  narrowed,
  parseText,
  type TextQuery,
} from './match.ts'
import type { Parts } from './parts.ts'
import type { Pass } from './pool.ts'

/** All hits of a query, and the grades in which to look for the first of them. */
export interface Found extends Pass {
  readonly grades: readonly Grade[]
  /** Level of the hits that no grade takes. */
  readonly lowest: number
}

/** Below every grade: found through other words than those typed. */
const GUESSED = -1

const MAX_GROUP = 32

const NO_ROWS = new Uint32Array(0)

/**
 * The filters worth handing to the tables: those that leave less than one row in sixteen. Reading
 * the long lists of the others costs more there than the columns need to look at every row.
 */
const tightGroups = ({ columns }: Parts, { groups }: Filter): Filter['groups'] =>
  groups.filter(
    (values) => values.length <= MAX_GROUP && columns.carrying(values) * 16 <= columns.size(),
  )

/** Rows for hits and counts alike: those that miss at most one filter, and some that miss more. */
const looseRows = (parts: Parts, match: string, filter: Filter): Uint32Array => {
  const loose = loosened(match, tightGroups(parts, filter))
  return loose === null ? NO_ROWS : parts.tables.rows('folded', loose)
}

const passOver = ({ columns, values }: Parts, rows: Uint32Array | null, filter: Filter): Pass =>
  columns.pass(rows, filter, values.bits())

/**
 * For words that nobody wrote, what was probably meant. If each word exists and only their
 * combination doesn't, any of them may be the slip. `null` if there is no guess.
 */
const guess = ({ tables, vocabulary }: Parts, query: TextQuery): string | null => {
  const own = query.folded.map((_, at) => matchWord(query, at))
  const exists = own.map((match) => tables.any(match))
  const allExist = exists.every(Boolean)
  const guesses = own.map((match, at) => {
    if (exists[at] && !allExist) return match
    const others = vocabulary.alternatives(query.folded[at] ?? '')
    if (others.length === 0) return exists[at] ? match : null
    return exists[at] ? `(${match} OR ${matchAny(others)})` : matchAny(others)
  })
  const known = guesses.filter((match) => match !== null)
  return known.length < own.length ? null : matchAll(known)
}

const findWords = (parts: Parts, query: TextQuery, filter: Filter): Found => {
  const grades = gradesOf(query)
  const widest = grades[grades.length - 1] ?? grades[0]
  const rows = looseRows(parts, widest.match, filter)
  const anything = rows.length > 0 || (filter.required !== 0 && parts.tables.any(widest.match))
  if (anything)
    return {
      ...passOver(parts, rows, filter),
      grades: grades.slice(0, -1),
      lowest: widest.level,
    }
  const guessed = guess(parts, query)
  const others = guessed === null ? NO_ROWS : looseRows(parts, guessed, filter)
  return { ...passOver(parts, others, filter), grades: [], lowest: GUESSED }
}

/** Everything that matches a text under a filter; an empty text matches all. */
export const find = (parts: Parts, text: string, filter: Filter): Found => {
  if (text.trim() === '') return { ...passOver(parts, null, filter), grades: [], lowest: 0 }
  const query = parseText(text)
  if (query !== null) return findWords(parts, query, filter)
  return { ...passOver(parts, NO_ROWS, filter), grades: [], lowest: 0 }
}

/** The hits of one grade; rows that are no hits may be among them. */
export const gradeRows = (parts: Parts, grade: Grade, filter: Filter): Uint32Array => {
  const match = narrowed(grade.match, tightGroups(parts, filter))
  return match === null ? NO_ROWS : parts.tables.rows(grade.table, match)
}
