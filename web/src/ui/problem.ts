import type { Values } from '../i18n/translate.ts'

/** What keeps a form from going on: the field it is about and the words that say the way out. */
export interface Problem<K extends string = string> {
  /** Also the id of the control, so that the summary can lead to it. */
  readonly field: string
  readonly key: K
  readonly values?: Values
}

type Say<K extends string> = (key: K, values?: Values) => string

/** The words beside one field, or nothing while it is all right. */
export const problemAt = <K extends string>(
  t: Say<K>,
  problems: readonly Problem<K>[],
  field: string,
): string | undefined => {
  const found = problems.find((problem) => problem.field === field)
  return found && t(found.key, found.values)
}

/** All of them, for the summary above the form. */
export const problemList = <K extends string>(t: Say<K>, problems: readonly Problem<K>[]) =>
  problems.map(({ field, key, values }) => ({ id: field, text: t(key, values) }))

/** A problem for every text that is still empty. */
export const missing = <K extends string>(
  fields: readonly (readonly [field: string, text: string, key: K])[],
): readonly Problem<K>[] =>
  fields.filter(([, text]) => text.trim() === '').map(([field, , key]) => ({ field, key }))

/** A list of one problem, or of none: lists of problems are joined with `...`. */
export const problemIf = <K extends string>(
  wrong: boolean,
  field: string,
  key: K,
  values?: Values,
): readonly Problem<K>[] => (wrong ? [{ field, key, values }] : [])
