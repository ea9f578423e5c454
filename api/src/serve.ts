import type { RequestListener } from 'node:http'
import { formatNoteKey } from '../../policies/index.ts'
import { resolvers as datasetResolvers } from './datasets/resolvers.ts'
import { resolvers as governanceResolvers } from './governance/resolvers.ts'
import { resolvers as resultResolvers } from './governance/result-resolvers.ts'
import { resolvers as grantResolvers } from './grants/resolvers.ts'
import { createGraphqlServer } from './graphql/server.ts'
import { createApp } from './http/app.ts'
import { createAuthenticate } from './http/authenticate.ts'
import { ballotLink } from './http/ballot-link.ts'
import { downloadRoutes } from './http/download.ts'
import { hubRoutes } from './http/hub/routes.ts'
import { jwksRoutes } from './http/jwks.ts'
import { licenceRoutes } from './http/licence-routes.ts'
import { logRoutes } from './http/log-routes.ts'
import { mailPages } from './http/mail-pages.ts'
import { miningRoutes } from './http/mining-routes.ts'
import { outboxRoutes } from './http/outbox-routes.ts'
import type { Execute } from './http/pages.ts'
import { permissionRoutes } from './http/permission-routes.ts'
import { plainForms } from './http/plain-forms.ts'
import { registerRoutes } from './http/register-routes.ts'
import { uploadRoutes } from './http/upload.ts'
import { witnessRoutes } from './http/witness-routes.ts'
import { resolvers as licenceResolvers } from './licences/resolvers.ts'
import { resolvers as logResolvers } from './log/resolvers.ts'
import { resolvers as noticeResolvers } from './notices/resolvers.ts'
import type { Account } from './people/people.ts'
import { resolvers as peopleResolvers } from './people/resolvers.ts'
import { resolvers as registerResolvers } from './register-resolvers.ts'
import type { House } from './wire.ts'

/** Inside the process, as one person may read; for doors whose questions are their own. */
const readAs =
  (graphql: ReturnType<typeof createGraphqlServer>, services: House['services']) =>
  (account: Account): Execute =>
  async (query, variables) => {
    const actor = { account, session: null, scopes: ['read'] as const }
    const contextValue = { ...services, actor, ip: '', device: '', setSession: () => undefined }
    const { body } = await graphql.executeOperation({ query, variables }, { contextValue })
    return body.kind === 'single' ? body.singleResult : {}
  }

/** What grants and receipts were ever signed with, but for keys that were in other hands. */
const published = ({ grants, receipts, retired }: House['keys']) => [
  grants,
  receipts,
  ...retired.filter(
    ({ purpose, compromised }) => !compromised && (purpose === 'grants' || purpose === 'receipts'),
  ),
]

/** Puts the doors in front of a house that is open. */
export const buildServer = async (
  house: House,
  report: (error: unknown, about: string) => void,
): Promise<RequestListener> => {
  const { services, keys, uploads, tiles, mining } = house
  const { config, log, people, grants, licences } = services
  const authenticate = createAuthenticate(people.sessions)
  const graphql = createGraphqlServer(
    [
      peopleResolvers,
      governanceResolvers,
      resultResolvers,
      licenceResolvers,
      datasetResolvers,
      grantResolvers,
      logResolvers,
      noticeResolvers,
      registerResolvers,
    ],
    (id, error) => report(error, id),
  )
  await graphql.start()
  const downloads = {
    grants,
    authenticate,
    publicUrl: config.publicUrl,
    accelPrefix: config.accelPrefix,
    report: (error: unknown) => report(error, 'download'),
  }
  return createApp({
    services,
    graphql,
    authenticate,
    doors: [
      logRoutes(log, tiles),
      witnessRoutes(house.witness, formatNoteKey(house.witness.key)),
      permissionRoutes(),
      plainForms({ people, governance: services.governance, authenticate }),
      registerRoutes({ people, governance: services.governance }),
      ballotLink({
        ...services,
        readAs: readAs(graphql, services),
        publicUrl: config.publicUrl,
      }),
      mailPages(services),
      ...(config.demo ? [outboxRoutes(house.outbox)] : []),
      jwksRoutes(published(keys)),
      licenceRoutes({ licences, grants, authenticate }),
      miningRoutes({ mining, publicUrl: config.publicUrl, size: log.size, now: log.now }),
      uploadRoutes({ desk: uploads, authenticate, maxBytes: config.uploadMaxBytes }),
      downloadRoutes(downloads),
      hubRoutes({ ...downloads, ...services, now: log.now }),
    ],
    ready: house.ready,
    onClock: async () => {
      await house.tick()
      await house.post()
    },
    report: (error, id) => report(error, id),
  })
}
