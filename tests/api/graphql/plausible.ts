import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** Something of the right shape, with `text` wherever text may stand. */
export const plausible = (type: GraphQLInputType, text: string): unknown => {
  if (isNonNullType(type)) return plausible(type.ofType, text)
  if (isListType(type)) return [plausible(type.ofType, text)]
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [field.name, plausible(field.type, text)]),
    )
  }
  if (isEnumType(type)) return type.getValues()[0]?.name
  const { name } = getNamedType(type)
  if (name === 'Int' || name === 'Float') return text.length % 7
  if (name === 'Boolean') return true
  return name === 'JSON' ? { [text.slice(0, 50)]: { $ne: text } } : text
}

/** One field asked for by itself. */
export const operation = (
  kind: 'query' | 'mutation',
  field: GraphQLField<unknown, unknown>,
  text: string,
) => {
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ')
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
  const inner = getNamedType(field.type)
  const leaf = inner.name === 'Boolean'
  const selection = leaf
    ? ''
    : kind === 'mutation'
      ? '{ refused { code message reasons { clause text } } }'
      : '{ __typename }'
  const head = declared === '' ? '' : `(${declared})`
  const query = `${kind} ${head} { ${field.name}${given === '' ? '' : `(${given})`} ${selection} }`
  const variables = Object.fromEntries(
    field.args.map(({ name, type }) => [name, plausible(type, text)]),
  )
  return { query, variables }
}
