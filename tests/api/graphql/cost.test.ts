import { buildSchema, type OperationDefinitionNode, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { costOf } from '../../../api/src/graphql/cost.ts'

const schema = buildSchema(`
  input Search { first: Int }
  type Query {
    one: Thing
    things(first: Int): [Thing!]!
    page(first: Int): Page!
    search(search: Search): Page!
  }
  type Page { nodes: [Thing!]! total: Int }
  type Thing { id: ID name: String words: [String!]! things: [Thing!]! more: Thing }
`)

const cost = (query: string, variables: Record<string, unknown> = {}): number => {
  const document = parse(query)
  const [operation] = document.definitions.filter(
    (one): one is OperationDefinitionNode => one.kind === 'OperationDefinition',
  )
  if (!operation) throw new Error('there is no operation')
  return costOf({ schema, document, operation, variables })
}

describe('what an operation may cost', () => {
  it.each([
    ['a field and what it holds', '{ one { id name } }', 3],
    ['words in a list once', '{ one { words } }', 2],
    ['a list without a size as ten', '{ one { things { id } } }', 12],
    ['a list in a list ten times ten', '{ one { things { things { id } } } }', 112],
    ['a page of nobody’s size as twenty', '{ things { id } }', 21],
    ['a page by its size', '{ things(first: 3) { id name } }', 7],
    ['a page in a connection', '{ page(first: 3) { total nodes { id } } }', 6],
    ['a size in an input object', '{ search(search: { first: 3 }) { nodes { id } } }', 5],
    ['no page shorter than one', '{ things(first: -5) { id } }', 2],
    ['no page longer than a hundred', '{ things(first: 1000000) { id } }', 101],
    ['a size for its own page alone', '{ page(first: 3) { nodes { things { id } } } }', 35],
    ['every alias', '{ a: one { id } b: one { id } }', 4],
    [
      'what fragments hold',
      '{ ...F } fragment F on Query { one { ... on Thing { id ...G } } } fragment G on Thing { name }',
      3,
    ],
    ['nothing of the schema itself', '{ __typename __schema { types { name } } }', 0],
  ])('counts %s', (_, query, expected) => {
    expect(cost(query)).toBe(expected)
  })

  it('reads sizes from variables and their defaults', () => {
    const query = 'query ($n: Int = 7) { things(first: $n) { id } }'
    expect(cost(query)).toBe(8)
    expect(cost(query, { n: 3 })).toBe(4)
    const input = 'query ($s: Search) { search(search: $s) { nodes { id } } }'
    expect(cost(input, { s: { first: 3 } })).toBe(5)
    expect(cost(input)).toBe(22)
  })

  it('takes a size that is no number for no size', () => {
    for (const n of [null, 'many', Number.NaN, { $gt: 1 }])
      expect(cost('query ($n: Int) { things(first: $n) { id } }', { n })).toBe(21)
  })
})
