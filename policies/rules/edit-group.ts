import { type TermOperand, termTest } from './edit-rule.ts'
import { freshUid, type LicenceJson, listOf, uidOf } from './licence-json.ts'
import { isObject } from './reader.ts'

/** One alternative of a group: the values of an operand that are let through. */
export interface Alternative {
  readonly operand: TermOperand
  readonly values: readonly string[]
}

type Change = (node: LicenceJson) => LicenceJson

/** Changes the node with this uid, wherever it stands. */
function changeNode(node: unknown, uid: string, change: Change): unknown {
  if (Array.isArray(node)) return node.map((item) => changeNode(item, uid, change))
  if (!isObject(node)) return node
  if (node.uid === uid) return change(node)
  const entries = Object.entries(node).map(([key, value]) => [key, changeNode(value, uid, change)])
  return Object.fromEntries(entries)
}

function changed(document: LicenceJson, uid: string, change: Change): LicenceJson {
  // The document has a uid of its own, which is no clause.
  const entries = Object.entries(document).map(
    ([key, value]) => [key, changeNode(value, uid, change)] as const,
  )
  return Object.fromEntries(entries)
}

const written = (document: LicenceJson, { operand, values }: Alternative) => ({
  uid: freshUid(document, operand.replace(/^sov:/, '')),
  ...termTest(operand, values),
})

/** Adds an "either … or" to a rule, beginning with one alternative. */
export function addGroup(document: LicenceJson, rule: string, first: Alternative): LicenceJson {
  const group = { uid: freshUid(document, 'either'), or: [written(document, first)] }
  return changed(document, rule, (node) => ({
    ...node,
    constraint: [...listOf(node.constraint), group],
  }))
}

/** Adds an alternative to an "either … or". */
export const addAlternative = (
  document: LicenceJson,
  group: string,
  next: Alternative,
): LicenceJson =>
  changed(document, group, (node) => ({
    ...node,
    or: [...listOf(node.or), written(document, next)],
  }))

/** Puts another test in the place of an alternative; with no values it waits to be filled. */
export const setAlternative = (
  document: LicenceJson,
  uid: string,
  { operand, values }: Alternative,
): LicenceJson =>
  changed(document, uid, (node) => ({ uid: uidOf(node), ...termTest(operand, values) }))
