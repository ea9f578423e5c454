import type { ApolloServerPlugin } from '@apollo/server'
import {
  type ASTVisitor,
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'
import type { Context } from '../context.ts'
import { costOf } from './cost.ts'

const DEEPEST = 9
const DEEPEST_INTROSPECTION = 20
const ROOT_FIELDS = 12
const FIELDS = 600
/** Values of one answer, by estimate. The longest page of the web asks for two thirds of it. */
export const MOST_VALUES = 10_000

const tooMuch = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_LARGE' } })

interface Measure {
  fields: number
  depth: number
}

/**
 * The fields of a set with fragments in place of their spreads, in one level of nesting. Fragments
 * that spread each other twice grow without bound, so it stops when there are more than allowed.
 */
const fieldsOf = (context: ValidationContext, set: SelectionSetNode): readonly FieldNode[] => {
  const fields: FieldNode[] = []
  const waiting: SelectionSetNode[] = [set]
  for (let looked = 0; looked <= FIELDS && fields.length <= FIELDS; looked += 1) {
    const next = waiting.pop()
    if (!next) return fields
    for (const selection of next.selections) {
      if (selection.kind === Kind.FIELD) fields.push(selection)
      else if (selection.kind === Kind.INLINE_FRAGMENT) waiting.push(selection.selectionSet)
      else waiting.push(...fragmentOf(context, selection.name.value))
    }
  }
  throw tooMuch(`Ask for at most ${FIELDS} fields at once.`)
}

const fragmentOf = (context: ValidationContext, name: string): readonly SelectionSetNode[] => {
  const fragment = context.getFragment(name)
  return fragment ? [fragment.selectionSet] : []
}

/** Counts fields and depth, level by level, and stops once there are too many. */
const measure = (context: ValidationContext, root: SelectionSetNode, deepest: number): Measure => {
  let level: readonly SelectionSetNode[] = [root]
  const total: Measure = { fields: 0, depth: 0 }
  while (level.length > 0 && total.fields <= FIELDS && total.depth <= deepest) {
    const fields = level.flatMap((set) => fieldsOf(context, set))
    total.fields += fields.length
    total.depth += 1
    level = fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []))
  }
  return total
}

const check = (context: ValidationContext, operation: OperationDefinitionNode): void => {
  const roots = fieldsOf(context, operation.selectionSet)
  const asked = roots.filter(({ name }) => name.value !== '__typename').length
  const most = operation.operation === 'mutation' ? 1 : ROOT_FIELDS
  if (asked > most) throw tooMuch(`Ask for at most ${most} root fields at once.`)
  // The schema is public, and the query by which tools read it nests deeper than any of ours.
  const introspects = roots.every(({ name }) => name.value.startsWith('__'))
  const deepest = introspects ? DEEPEST_INTROSPECTION : DEEPEST
  const { fields, depth } = measure(context, operation.selectionSet, deepest)
  if (depth > deepest) throw tooMuch(`Nest at most ${deepest} levels deep.`)
  if (fields > FIELDS) throw tooMuch(`Ask for at most ${FIELDS} fields at once.`)
}

/** Refuses operations that ask for too much at once: depth, fields, and root fields (aliases too). */
export const limitSize: ValidationRule = (context): ASTVisitor => ({
  OperationDefinition: (operation) => {
    try {
      check(context, operation)
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      context.reportError(error)
    }
  },
})

const inDigits = (count: number): string => Math.round(count).toLocaleString('en')

/**
 * Refuses lists inside lists before anything is read for them. It needs the variables, in which the
 * sizes of pages come, so it follows the validation, which has bounded fields and depth.
 */
export const limitCost: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, request }) => {
      if (!operation) return
      const cost = costOf({ schema, document, operation, variables: request.variables ?? {} })
      if (cost <= MOST_VALUES) return
      throw new GraphQLError(
        `This asks for about ${inDigits(cost)} values; at most ${inDigits(MOST_VALUES)} are answered at once. Ask for shorter pages (first) or for fewer lists inside lists, and for the rest in another query.`,
        { extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } } },
      )
    },
  }),
}
