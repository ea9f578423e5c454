import { existsSync } from 'node:fs'
import {
  buildSchema,
  type DefinitionNode,
  type DocumentNode,
  type OperationDefinitionNode,
  parse,
  print,
  validate,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { costOf } from '../../../api/src/graphql/cost.ts'
import { typeDefs } from '../../../api/src/graphql/generated.ts'
import { limitSize, MOST_VALUES } from '../../../api/src/graphql/limits.ts'
import * as operations from '../../../web/src/graphql/generated.ts'
import { visitor } from '../../support/person.ts'
import { startRegistry } from '../../support/registry.ts'
import { found } from '../../support/village.ts'

const schema = buildSchema(String(typeDefs))
const isDocument = (value: unknown): value is DocumentNode =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Document'
const isOperation = (node: DefinitionNode): node is OperationDefinitionNode =>
  node.kind === 'OperationDefinition'
const documents = Object.entries(operations as Record<string, unknown>).flatMap(([name, value]) =>
  isDocument(value) && value.definitions.some(({ kind }) => kind === 'OperationDefinition')
    ? [[name, value] as const]
    : [],
)

describe('the operations of the web', () => {
  it.each(documents)('%s fits the limits of the server', (_, document) => {
    expect(validate(schema, document, [limitSize])).toEqual([])
    expect(() => parse(print(document), { maxTokens: 3000 })).not.toThrow()
  })

  it.each(documents)('%s asks for no more values than the server answers', (_, document) => {
    const operation = document.definitions.find(isOperation)
    if (!operation) throw new Error('it has no operation')
    const variables = { first: 100, search: { first: 100 } }
    expect(costOf({ schema, document, operation, variables })).toBeLessThanOrEqual(MOST_VALUES)
  })
})

const built = existsSync(new URL('../../../dist/web/server/entry-server.js', import.meta.url))

describe('the pages', () => {
  it.skipIf(!built)(
    'carry the nonce of their policy, and no inline style or handler',
    async () => {
      const registry = await startRegistry()
      try {
        await found(registry)
        for (const path of ['/', '/datasets', '/communities/village', '/log', '/no-such-page']) {
          const response = await visitor(registry).fetch(path, {
            headers: { accept: 'text/html', 'accept-language': '"><script>,../../x;q=0' },
          })
          const html = await response.text()
          const nonce = response.headers
            .get('content-security-policy')
            ?.match(/'nonce-([^']+)'/)?.[1]
          expect(response.status, path).toBeLessThan(500)
          expect(html).toContain('</html>')
          for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) {
            expect(tag).toContain(`nonce="${nonce}"`)
          }
          expect(html, path).not.toMatch(/<[a-z][^>]*\s(style|on[a-z]+)=/)
          expect(response.headers.get('x-content-type-options')).toBe('nosniff')
        }
        expect(registry.faults).toEqual([])
      } finally {
        await registry.close()
      }
    },
    60_000,
  )
})
