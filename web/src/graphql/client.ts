import { type Client, cacheExchange, createClient, fetchExchange } from '@urql/core'

const connect = (): Client =>
  createClient({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: { credentials: 'same-origin', headers: { accept: 'application/json' } },
  })

let current = connect()

/** The connection to the registry, with the answers it has given so far. */
export const client = (): Client => current

/** Forgets every answer. After a change nothing that was read before may be taken for true. */
export function forget(): void {
  current = connect()
}
