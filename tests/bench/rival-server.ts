import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { ApolloServer } from '@apollo/server'
import { expressMiddleware } from '@as-integrations/express5'
import express from 'express'
import { type BrowsePage, browseSchema } from './browse-page.ts'

/** A server to be measured against, in a process of its own; says its port and waits to be ended. */
const [kind = '', given = ''] = process.argv.slice(2)

const emptyExpress = (): RequestListener => {
  const app = express()
  app.disable('x-powered-by')
  app.use((_request, response) => {
    response.status(204).end()
  })
  return app
}

const staticExpress = (folder: string): RequestListener => {
  const app = express()
  app.disable('x-powered-by')
  app.use(express.static(folder, { index: false }))
  return app
}

/** Apollo as it comes, with the page in memory: what a list costs before anything is looked up. */
const stockApollo = async (page: BrowsePage): Promise<RequestListener> => {
  const server = new ApolloServer({
    typeDefs: browseSchema,
    resolvers: { Query: { datasets: () => page.datasets } },
    nodeEnv: 'production',
    introspection: false,
    stopOnTerminationSignals: false,
  })
  await server.start()
  return express().use('/graphql', express.json(), expressMiddleware(server))
}

/** The least that keeps the promise of an upload: the bytes, their SHA-256, and the disk has them. */
const rawUpload =
  (folder: string): RequestListener =>
  async (request, response) => {
    const file = await open(join(folder, 'raw'), 'w')
    const hash = createHash('sha256')
    for await (const chunk of request) {
      hash.update(chunk)
      await file.write(chunk)
    }
    await file.sync()
    await file.close()
    response.statusCode = 201
    response.end(hash.digest('hex'))
  }

const KINDS: Readonly<Record<string, () => RequestListener | Promise<RequestListener>>> = {
  'empty-node': () => (_request, response) => {
    response.statusCode = 204
    response.end()
  },
  'empty-express': emptyExpress,
  static: () => staticExpress(given),
  'raw-upload': () => rawUpload(given),
  apollo: () => stockApollo(JSON.parse(given)),
}

const make = KINDS[kind]
if (!make) throw new Error(`there is no rival "${kind}": choose ${Object.keys(KINDS).join(', ')}`)
const server = createServer(await make())
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
