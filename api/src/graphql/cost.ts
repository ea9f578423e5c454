import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'

/** What one operation asks for; it has passed validation. */
export interface Asked {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  /** As they came, before their types were checked. */
  readonly variables: Readonly<Record<string, unknown>>
}

type Values = Readonly<Record<string, unknown>>
type Field = GraphQLField<unknown, unknown>

/** Entries a page has when nobody says how many, and the most that any page has. */
const PAGE = 20
const LONGEST_PAGE = 100
/** Entries a list counts for that takes no size. */
const LIST = 10
/** Lists without a size that are usually longer or shorter than that. */
const USUAL: ReadonlyMap<string, number> = new Map([
  ['Query.communities', 50],
  ['Query.licences', 50],
  ['Viewer.memberships', 3],
  ['Community.datasets', 50],
  ['Community.members', 50],
  ['Community.proposals', 100],
  ['Dataset.proposals', 50],
  ['Version.files', 20],
  ['Grant.duties', 4],
  ['Grant.deletions', 1],
  ['GrantDuty.form', 3],
  ['GrantDuty.records', 3],
  ['DutyRecord.evidence', 3],
  ['NewTerms.duties', 3],
])

/** The type around a selection, and the size of the page when it is a connection. */
interface Place {
  readonly type: string
  readonly page: number | null
}

// Types are read by their names: it holds whichever copy of the library has made the schema.
const isList = ({ type }: Field): boolean => String(type).startsWith('[')
const innerName = (type: unknown): string => String(type).replace(/[[\]!]/g, '')

const isRecord = (value: unknown): value is Values => typeof value === 'object' && value !== null

const fieldsOf = (schema: GraphQLSchema, name: string): Values => {
  const type = schema.getType(name)
  return type && 'getFields' in type ? type.getFields() : {}
}

const isField = (value: unknown): value is Field => isRecord(value) && 'args' in value

const fieldOf = (schema: GraphQLSchema, type: string, name: string): Field | null => {
  const field = fieldsOf(schema, type)[name]
  return isField(field) ? field : null
}

/** Does this field take a size, by itself or inside an input object? */
const isPaged = (schema: GraphQLSchema, { args }: Field): boolean =>
  args.some(({ name, type }) => name === 'first' || 'first' in fieldsOf(schema, innerName(type)))

/** The size that was asked for: `first`, by itself or inside an input object. */
const sizeIn = (given: Values): number => {
  const inner = Object.values(given).find((value) => isRecord(value) && 'first' in value)
  const first = given.first ?? (isRecord(inner) ? inner.first : undefined)
  if (typeof first !== 'number' || !Number.isFinite(first)) return PAGE
  return Math.min(Math.max(first, 1), LONGEST_PAGE)
}

/** The variables with what they are when they were left out. */
const valuesOf = ({ operation, variables }: Asked): Values => {
  const defaults = (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
    variable.name.value,
    defaultValue && valueFromASTUntyped(defaultValue),
  ])
  return { ...Object.fromEntries(defaults), ...variables }
}

const given = ({ arguments: named = [] }: FieldNode, values: Values): Values =>
  Object.fromEntries(
    named.map(({ name, value }) => [name.value, valueFromASTUntyped(value, { ...values })]),
  )

const setsOf = ({ document }: Asked): ReadonlyMap<string, SelectionSetNode> =>
  new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  )

/**
 * How many values an answer may hold: every field counts one, and what stands inside a list as often
 * as the list is long, by its `first` or by what such lists usually have.
 */
export const costOf = (asked: Asked): number => {
  const { schema, operation } = asked
  const values = valuesOf(asked)
  const fragments = setsOf(asked)

  const fieldCost = (node: FieldNode, { type, page }: Place): number => {
    const field = fieldOf(schema, type, node.name.value)
    // What describes the schema is public and always the same.
    if (!field) return 0
    if (!node.selectionSet) return 1
    const own = isPaged(schema, field) ? sizeIn(given(node, values)) : null
    const inner = innerName(field.type)
    if (!isList(field)) return 1 + setCost(node.selectionSet, { type: inner, page: own })
    const times = own ?? page ?? USUAL.get(`${type}.${field.name}`) ?? LIST
    return 1 + times * setCost(node.selectionSet, { type: inner, page: null })
  }

  const cost = (one: SelectionNode, place: Place): number => {
    if (one.kind === Kind.FIELD) return fieldCost(one, place)
    const set = one.kind === Kind.INLINE_FRAGMENT ? one.selectionSet : fragments.get(one.name.value)
    return set ? setCost(set, place) : 0
  }

  const setCost = ({ selections }: SelectionSetNode, place: Place): number =>
    selections.reduce((sum, one) => sum + cost(one, place), 0)

  const root = String(schema.getRootType(operation.operation) ?? '')
  return setCost(operation.selectionSet, { type: root, page: null })
}
