import {
  type ASTVisitor,
  type FieldNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

const DEEPEST = 9
const ROOT_FIELDS = 12
const FIELDS = 400

const tooMuch = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_LARGE' } })

interface Measure {
  fields: number
  depth: number
}

/** The selections of a set with fragments in place of their spreads; a cycle is left to graphql-js. */
const fieldsOf = (
  context: ValidationContext,
  set: SelectionSetNode,
  inside: readonly string[] = [],
): readonly FieldNode[] =>
  set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return fieldsOf(context, selection.selectionSet, inside)
    }
    const name = selection.name.value
    const fragment = inside.includes(name) ? undefined : context.getFragment(name)
    return fragment ? fieldsOf(context, fragment.selectionSet, [...inside, name]) : []
  })

/** Counts fields and depth, level by level, and stops once there are too many. */
const measure = (context: ValidationContext, root: SelectionSetNode): Measure => {
  let level: readonly SelectionSetNode[] = [root]
  const total: Measure = { fields: 0, depth: 0 }
  while (level.length > 0 && total.fields <= FIELDS && total.depth <= DEEPEST) {
    const fields = level.flatMap((set) => fieldsOf(context, set))
    total.fields += fields.length
    total.depth += 1
    level = fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []))
  }
  return total
}

/** Refuses operations that ask for too much at once: depth, fields, and root fields (aliases too). */
export const limitSize: ValidationRule = (context): ASTVisitor => ({
  OperationDefinition: (operation) => {
    const introspection = operation.selectionSet.selections.every(
      (s) => s.kind === Kind.FIELD && s.name.value.startsWith('__'),
    )
    if (introspection) return
    const { fields, depth } = measure(context, operation.selectionSet)
    const roots = operation.selectionSet.selections.length
    const most = operation.operation === 'mutation' ? 1 : ROOT_FIELDS
    if (roots > most) context.reportError(tooMuch(`Ask for at most ${most} root fields at once.`))
    if (depth > DEEPEST) context.reportError(tooMuch(`Nest at most ${DEEPEST} levels deep.`))
    if (fields > FIELDS) context.reportError(tooMuch(`Ask for at most ${FIELDS} fields at once.`))
  },
})
