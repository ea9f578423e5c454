import type { ApolloServerPlugin } from '@apollo/server'
import type { Context } from '../context.ts'
import { troubleOf } from '../trouble.ts'

/** An answer that could not be given for now says so to machines as well: 503 or 507, Retry-After. */
export const troubleStatus: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ errors = [], response }) => {
      const trouble = errors.map(({ originalError }) => troubleOf(originalError)).find(Boolean)
      if (!trouble) return
      response.http.status = trouble.status
      response.http.headers.set('retry-after', String(trouble.retryAfter))
    },
  }),
}
