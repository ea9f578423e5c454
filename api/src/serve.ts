import type { RequestListener } from 'node:http'
import { formatNoteKey } from '../../policies/index.ts'
import { resolvers as contributionResolvers } from './datasets/contribution-resolvers.ts'
import { resolvers as datasetResolvers } from './datasets/resolvers.ts'
import { resolvers as versionResolvers } from './datasets/version-resolvers.ts'
import { resolvers as governanceResolvers } from './governance/resolvers.ts'
import { resolvers as resultResolvers } from './governance/result-resolvers.ts'
import { resolvers as signedResolvers } from './governance/signed-resolvers.ts'
import { resolvers as dutyResolvers } from './grants/duty-resolvers.ts'
import { resolvers as readingResolvers } from './grants/reading-resolvers.ts'
import { resolvers as grantResolvers } from './grants/resolvers.ts'
import { signed } from './grants/token.ts'
import { createGraphqlServer } from './graphql/server.ts'
import { answerInTurn } from './http/answer-in-turn.ts'
import { type AppDeps, createApp } from './http/app.ts'
import { type Authenticate, createAuthenticate } from './http/authenticate.ts'
import { ballotLink } from './http/ballot-link.ts'
import { bundleRoutes } from './http/bundle-routes.ts'
import { croissantRoutes } from './http/croissant-routes.ts'
import { type DownloadDeps, downloadRoutes } from './http/download.ts'
import { createDpop, dpopGate, type ProvedKeys } from './http/dpop.ts'
import { fileDoor } from './http/file-door.ts'
import { fingerprintPages } from './http/fingerprint-pages.ts'
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
import { previewRoutes } from './http/preview-routes.ts'
import { receiptRoutes } from './http/receipt-routes.ts'
import { registerRoutes } from './http/register-routes.ts'
import { removalRoutes } from './http/removal-routes.ts'
import { tokenRoutes } from './http/token-routes.ts'
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

const RESOLVERS = [
  peopleResolvers,
  governanceResolvers,
  resultResolvers,
  signedResolvers,
  licenceResolvers,
  datasetResolvers,
  contributionResolvers,
  versionResolvers,
  grantResolvers,
  readingResolvers,
  dutyResolvers,
  logResolvers,
  noticeResolvers,
  registerResolvers,
]

/** What the signature of the removal list says it is. */
const REMOVALS_TYPE = 'commonhold-removals+jws'

type Report = (error: unknown, about: string) => void

interface DoorDeps {
  readonly house: House
  readonly authenticate: Authenticate
  readonly proved: ProvedKeys
  readonly graphql: ReturnType<typeof createGraphqlServer>
  readonly downloads: DownloadDeps
}

/** Every door beside GraphQL and the pages. */
const doorsOf = ({
  house,
  authenticate,
  proved,
  graphql,
  downloads,
}: DoorDeps): AppDeps['doors'] => {
  const { services, keys, uploads, tiles, mining, witness, outbox } = house
  const { config, log, people, governance, grants, licences } = services
  const { publicUrl, uploadMaxBytes } = config
  const key = keys.receipts.privateKey
  const dpop = createDpop({ once: house.once, publicUrl, key, wallClock: Date.now })
  return [
    dpopGate(dpop, proved),
    tokenRoutes({ people, dpop, now: log.now }),
    logRoutes(log, tiles),
    witnessRoutes(witness, formatNoteKey(witness.key)),
    permissionRoutes(),
    plainForms({ people, governance, authenticate }),
    registerRoutes({ people, governance }),
    ballotLink({ ...services, readAs: readAs(graphql, services), publicUrl }),
    mailPages(services),
    receiptRoutes(services),
    removalRoutes({
      ...services,
      publicUrl,
      sign: (payload) => signed(payload, REMOVALS_TYPE, keys.receipts),
    }),
    ...(config.demo ? [outboxRoutes(outbox)] : []),
    jwksRoutes(published(keys)),
    bundleRoutes({ grants, licences, authenticate, keys: published(keys), publicUrl }),
    licenceRoutes({ licences, grants, authenticate }),
    miningRoutes({ mining, publicUrl, size: log.size, now: log.now }),
    uploadRoutes({ desk: uploads, authenticate, maxBytes: uploadMaxBytes }),
    downloadRoutes(downloads),
    previewRoutes({ ...services, authenticate, publicUrl }),
    fingerprintPages({ ...services, authenticate }),
    croissantRoutes({ ...services, authenticate, publicUrl }),
    hubRoutes({ ...downloads, ...services, now: log.now }),
  ]
}

const downloadsOf = (
  { services: { grants, config }, signUrl }: House,
  authenticate: Authenticate,
  report: Report,
): DownloadDeps => ({
  grants,
  authenticate,
  publicUrl: config.publicUrl,
  accelPrefix: config.accelPrefix,
  signUrl,
  report: (error) => report(error, 'download'),
})

/** Every door of a house that is open, and what the short way to the bytes needs of it. */
export const buildDoors = async (
  house: House,
  report: Report,
): Promise<{ readonly app: RequestListener; readonly downloads: DownloadDeps }> => {
  const { services, ready, tick, post } = house
  const proved: ProvedKeys = new WeakMap()
  const { sessions } = services.people
  const authenticate = createAuthenticate(sessions, (request) => proved.get(request) ?? null)
  const graphql = createGraphqlServer(RESOLVERS, (id, error) => report(error, id))
  await graphql.start()
  const downloads = downloadsOf(house, authenticate, report)
  const app = await createApp({
    services,
    graphql,
    authenticate,
    doors: doorsOf({ house, authenticate, proved, graphql, downloads }),
    ready,
    onClock: async () => {
      await tick()
      await post()
    },
    report: (error, id) => report(error, id),
  })
  return { app, downloads }
}

/** Puts the doors in front of a house that is open, the short way to the bytes before the others. */
export const buildServer = async (house: House, report: Report): Promise<RequestListener> => {
  const { app, downloads } = await buildDoors(house, report)
  return answerInTurn(fileDoor({ downloads, mining: house.mining, rest: app }))
}
