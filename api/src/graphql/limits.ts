import {
  type ASTVisitor,
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

/** Counts fields and depth with fragments spread out; a fragment in a cycle is left to graphql-js. */
const measure = (context: ValidationContext, root: SelectionSetNode): Measure => {
  const total: Measure = { fields: 0, depth: 0 }
  const walk = (set: SelectionSetNode, depth: number, inside: ReadonlySet<string>): void => {
    total.depth = Math.max(total.depth, depth)
    for (const selection of set.selections) {
      if (total.fields > FIELDS) return
      if (selection.kind === Kind.FIELD) {
        total.fields += 1
        if (selection.selectionSet) walk(selection.selectionSet, depth + 1, inside)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet, depth, inside)
      } else if (!inside.has(selection.name.value)) {
        const fragment = context.getFragment(selection.name.value)
        if (fragment) walk(fragment.selectionSet, depth, new Set([...inside, selection.name.value]))
      }
    }
  }
  walk(root, 1, new Set())
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
