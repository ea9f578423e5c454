import type { ApolloServerPlugin } from '@apollo/server'
import { GraphQLError } from 'graphql'
import type { Context } from '../context.ts'

const DEEPEST = 64

// With the u flag a surrogate only matches when it has no partner.
const isText = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text)

/** Where a value holds text that no store can keep, or nests too deep; null when nowhere. */
const flaw = (value: unknown, path: string, depth = 0): string | null => {
  if (typeof value === 'string') return isText(value) ? null : path
  if (typeof value !== 'object' || value === null) return null
  if (depth > DEEPEST) return path
  for (const [name, inner] of Object.entries(value)) {
    const found = isText(name) ? flaw(inner, `${path}.${name}`, depth + 1) : path
    if (found !== null) return found
  }
  return null
}

/** Refuses variables with lone surrogates, NUL or bottomless nesting before any resolver sees them. */
export const plainText: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ request }) => {
      const path = flaw(request.variables ?? {}, 'variables')
      if (path === null) return
      const where = path.length > 100 ? `${path.slice(0, 100)}…` : path
      throw new GraphQLError(`${where} holds text that cannot be kept. Type it again.`, {
        extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
      })
    },
  }),
}
