import { join } from 'node:path'
import { type ApolloServer, HeaderMap } from '@apollo/server'
import { expressMiddleware } from '@as-integrations/express5'
import compression from 'compression'
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import staticGzip from 'express-static-gzip'
import { GraphQLError } from 'graphql'
import type { Context, Services } from '../context.ts'
import { newId } from '../ids.ts'
import { type Trouble, troubleOf } from '../trouble.ts'
import { type Authenticate, setSessionCookie } from './authenticate.ts'
import { clockRoutes } from './clock-routes.ts'
import { croissantInPage } from './croissant-routes.ts'
import { type Execute, loadPages, pages } from './pages.ts'
import { securityHeaders } from './security-headers.ts'

export interface AppDeps {
  readonly services: Services
  readonly graphql: ApolloServer<Context>
  readonly authenticate: Authenticate
  /** Doors of the domains, in order: log, keys, uploads, downloads. */
  readonly doors: readonly RequestHandler[]
  readonly ready: () => Promise<boolean>
  /** Called after the demonstration's clock was moved. */
  readonly onClock: () => Promise<void>
  readonly report: (error: unknown, id: string) => void
}

/** A store that is away already when somebody is recognised: said with its status, as by a resolver. */
const told = (error: unknown): never => {
  const trouble = troubleOf(error)
  if (!trouble || !(error instanceof Error)) throw error
  const headers = new HeaderMap([['retry-after', String(trouble.retryAfter)]])
  const http = { status: trouble.status, headers }
  throw new GraphQLError(trouble.message, { originalError: error, extensions: { http } })
}

const contextFor =
  ({ services, authenticate }: AppDeps) =>
  async (request: Request, response: Response): Promise<Context> => ({
    ...services,
    actor: await authenticate(request).catch(told),
    ip: request.ip ?? '',
    device: request.headers['user-agent'] ?? '',
    setSession: (secret) => setSessionCookie(response, secret),
  })

/** Pages read through the same resolvers as everybody, inside the process. */
const executeFor =
  (deps: AppDeps) =>
  async (request: Request, response: Response): Promise<Execute> => {
    const contextValue = await contextFor(deps)(request, response)
    return async (query, variables) => {
      const { body } = await deps.graphql.executeOperation({ query, variables }, { contextValue })
      return body.kind === 'single' ? body.singleResult : {}
    }
  }

const health = (ready: AppDeps['ready']): RequestHandler[] => [
  (request, response, next) => {
    if (request.path === '/healthz') response.type('text').send('ok\n')
    else next()
  },
  async (request, response, next) => {
    if (request.path !== '/readyz') return next()
    const yes = await ready().catch(() => false)
    response
      .status(yes ? 200 : 503)
      .type('text')
      .send(yes ? 'ready\n' : 'not ready\n')
  },
]

const faults =
  (report: AppDeps['report']): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error)
    const trouble = troubleOf(error)
    const status = trouble?.status ?? clientStatus(error)
    const id = newId('e')
    if (status >= 500) report(error, id)
    if (trouble) response.set('Retry-After', String(trouble.retryAfter))
    response.status(status).json(wordsFor(trouble, status, id))
  }

const wordsFor = (trouble: Trouble | null, status: number, id: string) => {
  if (trouble) return { code: trouble.code, message: trouble.message }
  return status === 500
    ? { code: 'FAULT', message: `Something went wrong on our side. Error ${id}.` }
    : { code: 'BAD_REQUEST', message: 'This request cannot be read.' }
}

/** The status that body parsers put on what the client got wrong. */
const clientStatus = (error: unknown): number => {
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? error.status : 500
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}

/** Files that carry their content in their name, compressed by the build. */
const assets = (folder: string): RequestHandler =>
  staticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    index: false,
    serveStatic: { immutable: true, maxAge: '365d', fallthrough: false },
  })

/** Assembles every door of the registry in front of the domains. */
export const createApp = async (deps: AppDeps): Promise<express.Express> => {
  const { config, clock } = deps.services
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.use(...health(deps.ready))
  app.use(securityHeaders())
  for (const door of deps.doors) app.use(door)
  app.use(
    '/graphql',
    compression(),
    express.json({ limit: '1mb' }),
    expressMiddleware(deps.graphql, { context: ({ req, res }) => contextFor(deps)(req, res) }),
  )
  if (config.demo) app.use(clockRoutes(clock, deps.onClock))
  const client = join(config.root, 'dist/web/client')
  app.use('/assets', assets(join(client, 'assets')))
  app.use(express.static(client, { index: false, maxAge: '1h' }))
  const web = await loadPages(config.root)
  if (web) {
    const { authenticate, services } = deps
    const inHead = croissantInPage({ ...services, authenticate, publicUrl: config.publicUrl })
    const render = pages(web, config.publicUrl, executeFor(deps), inHead)
    app.get('/{*path}', compression(), render)
  }
  app.use((_request, response) => {
    response.status(404).json({ code: 'NOT_FOUND', message: 'There is nothing at this address.' })
  })
  app.use(faults(deps.report))
  return app
}
