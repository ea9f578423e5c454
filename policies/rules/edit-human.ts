import { actionsOf, editableRules, textsOf } from './editable-licence.ts'
import type { LicenceText } from './licence.ts'
import { freshUid, type LicenceJson, listOf } from './licence-json.ts'
import { isObject } from './reader.ts'
import type { Action } from './vocabulary.ts'

const KEY = 'sov:humanOnly'

/** A clause in words as an editor shows it. */
export interface EditableHumanClause {
  readonly uid: string
  readonly actions: readonly Action[]
  readonly statement: readonly LicenceText[]
}

/** The clauses of a document that only people can apply. */
export const editableHumanClauses = (document: LicenceJson): readonly EditableHumanClause[] =>
  listOf(document[KEY])
    .filter(isObject)
    .map((node) => ({
      uid: String(node.uid),
      actions: actionsOf(node.action),
      statement: textsOf(node['sov:statement']),
    }))

const write = (texts: readonly LicenceText[]) =>
  texts.map(({ lang, text }) => ({ '@value': text, '@language': lang }))

/** Adds a clause in words about every use. */
export function addHumanClause(
  document: LicenceJson,
  statement: readonly LicenceText[],
): LicenceJson {
  const [first] = editableRules(document)
  const clause = {
    uid: freshUid(document, 'people'),
    target: first?.target,
    action: ['use'],
    'sov:statement': write(statement),
  }
  return { ...document, [KEY]: [...listOf(document[KEY]), clause] }
}

/** Says the clause anew; every language is kept as typed, also while it is still empty. */
export const setStatement = (
  document: LicenceJson,
  uid: string,
  statement: readonly LicenceText[],
): LicenceJson => ({
  ...document,
  [KEY]: listOf(document[KEY]).map((node) =>
    isObject(node) && node.uid === uid ? { ...node, 'sov:statement': write(statement) } : node,
  ),
})
