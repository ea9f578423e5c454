import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import { troubleOf } from '../trouble.ts'
import { type Resolvers, typeDefs } from './generated.ts'
import { limitCost, limitSize } from './limits.ts'
import { mergeResolvers } from './merge-resolvers.ts'
import { plainText } from './plain-text.ts'
import { troubleStatus } from './trouble-status.ts'

/** Errors of the query itself: the asker can mend them, so the words may go out. */
const THEIRS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'QUERY_TOO_LARGE',
  'SCOPE_MISSING',
])

const format =
  (report: (id: string, error: unknown) => void) =>
  (shown: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    if (THEIRS.has(String(shown.extensions?.code))) {
      return { message: shown.message, extensions: { code: shown.extensions?.code } }
    }
    const id = newId('e')
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error
    report(id, cause)
    const trouble = troubleOf(cause)
    if (trouble) return { message: trouble.message, extensions: { code: trouble.code, id } }
    return {
      message: `Something went wrong on our side. Nothing was changed by halves. Error ${id}.`,
      extensions: { code: 'FAULT', id },
    }
  }

/** Apollo with the resolvers of all domains, size limits, and faults masked behind an id. */
export const createGraphqlServer = (
  resolvers: readonly Resolvers[],
  report: (id: string, error: unknown) => void,
): ApolloServer<Context> =>
  new ApolloServer<Context>({
    typeDefs,
    resolvers: mergeResolvers(resolvers),
    validationRules: [limitSize],
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    // The longest of the web's own operations has less than half of it.
    parseOptions: { maxTokens: 3000 },
    plugins: [ApolloServerPluginCacheControlDisabled(), plainText, limitCost, troubleStatus],
    formatError: format(report),
  })
