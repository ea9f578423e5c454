import type { Context } from '../context.ts'
import { refuse, signInFirst } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import type { Scope } from '../people/people.ts'
import type { Mutation, Query } from './generated.ts'

/**
 * Who may call an operation at all. `anyone`; `read`: anyone, but a personal token needs that scope;
 * `session`: a person in a browser; `operator`: the one who runs the server; a scope: also a personal
 * token that carries it. `secret`: whoever has the secret in the address; `door`: decided at each
 * request by licence, grant and state; `demo`: there on a demonstration alone.
 */
export type Access = 'anyone' | 'session' | 'operator' | Scope
type DoorAccess = Access | 'secret' | 'door' | 'demo'

/** What an act is done to. */
export type Subject =
  | 'community'
  | 'proposal'
  | 'dataset'
  | 'contribution'
  | 'request'
  | 'grant'
  | 'delegation'

/**
 * A place towards what the act is done to. `anyone`: whoever is signed in. In the community that has
 * a say over it: `member`, `council` (the body that decides), `guardian`, `steward`, `body`
 * (whoever sits in one). `sponsor`: who proposed it; `contributor`: who gave it; `requester`: who
 * asked; `holder` and `named`: whose grant it is, and who was named in its team.
 */
export type Seat =
  | 'anyone'
  | 'member'
  | 'council'
  | 'guardian'
  | 'steward'
  | 'body'
  | 'sponsor'
  | 'contributor'
  | 'requester'
  | 'holder'
  | 'named'

/** What the command then asks for: one of the seats, while its subject is in one of the phases. */
export interface Rule {
  readonly by: Access
  readonly of: Subject
  readonly seats: readonly Seat[]
  /** Empty: whatever state it is in. */
  readonly phases: readonly string[]
}

type Entry = Access | Rule
type Route = `${'GET' | 'POST' | 'ANY'} /${string}`
type NamesOf<T> = Exclude<keyof T, '__typename' | symbol | number>

/** What an entry of the table asks of the caller. */
export const accessOf = (entry: Entry): Access => (typeof entry === 'string' ? entry : entry.by)

const rule =
  (of: Subject, by: Access = 'session') =>
  (seats: readonly Seat[], ...phases: readonly string[]): Rule => ({ by, of, seats, phases })

/** The council votes; every member may stand aside and appeal; guardians veto. */
const AFTER_A_PASS = ['standstill', 'vetoed']
const acts = rule('proposal')
const within = rule('community')
const onDataset = rule('dataset')
const giving = rule('dataset', 'contribute')
const onGift = rule('contribution', 'contribute')
const onRequest = rule('request')
const onGrant = rule('grant')
const onStanding = rule('delegation')

/**
 * Every operation is listed: a field of GraphQL that is missing does not compile, a route that is
 * missing fails the tests. The page /docs/permissions is made from this.
 */
export const ACCESS = {
  signOut: 'anyone',
  register: 'anyone',
  signIn: 'anyone',
  setUp: 'anyone',
  acceptInvitation: 'anyone',
  signOutEverywhere: 'session',
  createToken: 'session',
  revokeToken: 'session',
  sendVerification: 'session',
  foundCommunity: 'operator',
  proposeMember: within(['member']),
  proposeAttestation: within(['member']),
  proposeCharter: within(['member']),
  proposeMembershipEnd: within(['member']),
  proposeElection: within(['member']),
  proposeTakedown: onDataset(['member'], 'listed', 'suspended'),
  proposeFingerprint: onDataset(['member'], 'listed', 'suspended'),
  proposeCustody: onDataset(['steward', 'council']),
  openProposal: acts(['steward', 'sponsor'], 'deliberation'),
  withdrawProposal: acts(['steward', 'sponsor'], 'deliberation'),
  reviseProposal: acts(['sponsor'], 'deliberation'),
  returnProposal: acts(['council'], 'deliberation'),
  castBallot: acts(['council'], 'open'),
  recuse: acts(['member'], 'open'),
  withdrawObjection: acts(['council'], 'open'),
  veto: acts(['guardian'], 'standstill', 'appealed'),
  liftVeto: acts(['guardian'], 'vetoed'),
  appeal: acts(['member', 'requester'], ...AFTER_A_PASS, 'rejected'),
  decideAppeal: acts(['member'], 'appealed'),
  enterMinute: acts(['steward'], 'open'),
  confirmMinute: acts(['steward'], 'open'),
  addBallotKey: acts(['council'], 'open'),
  endBallotKey: acts(['council'], 'open'),
  castSigned: acts(['member'], 'open'),
  requireRecusal: acts(['council'], 'open'),
  nameProxy: within(['member']),
  comment: acts(['member', 'requester']),
  proposeLicence: within(['member']),
  createDataset: within(['member']),
  contribute: giving(['member']),
  withdrawContribution: onGift(['contributor']),
  restoreContribution: onGift(['contributor']),
  witnessConsent: rule('contribution')(['steward']),
  unpackUpload: 'contribute',
  inspectUpload: 'contribute',
  stripUpload: 'contribute',
  assembleVersion: onDataset(['steward']),
  proposePublication: onDataset(['steward']),
  suspendDataset: onDataset(['steward', 'guardian'], 'listed'),
  proposeReopening: onDataset(['steward'], 'suspended'),
  requestAccess: onDataset(['anyone'], 'listed', 'suspended'),
  renewAccess: onGrant(['holder'], 'active'),
  reviseRequest: onRequest(['requester'], 'returned'),
  withdrawRequest: onRequest(['requester'], 'voting', 'returned', 'rejected', 'unanswered'),
  reportDuty: onGrant(['holder']),
  answerDuty: onGrant(['body']),
  proposeWaiver: onGrant(['member']),
  attestDeletion: onGrant(['holder']),
  acceptLicence: onGrant(['holder'], 'reacceptNeeded'),
  nameTeamMember: onGrant(['holder'], 'active'),
  acceptTeamPlace: onGrant(['named'], 'active'),
  endTeamPlace: onGrant(['holder', 'named'], 'active'),
  proposeRevocation: onGrant(['member'], 'active', 'expired'),
  proposeDelegation: within(['member']),
  proposeDelegationEnd: onStanding(['member'], 'inForce', 'paused', 'charterChanged'),
  proposeDelegationResume: onStanding(['member'], 'paused'),
  pauseDelegation: onStanding(['council'], 'inForce', 'charterChanged'),
  markNoticesRead: 'session',
  saveNoticeSettings: 'session',
  revokeBallotLinks: 'session',
  // Reading: what may be seen is decided for each object.
  viewer: 'read',
  registry: 'read',
  together: 'read',
  datasets: 'read',
  dataset: 'read',
  contribution: 'read',
  consentEvidence: 'read',
  tombstone: 'read',
  preview: 'read',
  statementFields: 'read',
  proposal: 'read',
  proposals: 'read',
  precheck: 'read',
  request: 'read',
  grant: 'read',
  licenceImpact: 'read',
  licence: 'read',
  licences: 'read',
  licenceTemplates: 'read',
  charterTemplates: 'read',
  log: 'read',
  charter: 'read',
  communities: 'read',
  community: 'read',
  // Doors beside GraphQL.
  'POST /graphql': 'anyone',
  'ANY /uploads': 'contribute',
  'GET /datasets/:id/versions/:version/files/*path': 'door',
  'GET /datasets/:id/versions/:version/preview/*path': 'door',
  'GET /datasets/:id/versions/:version/SHA256SUMS': 'door',
  'GET /datasets/:id/versions/:version/archive.zip': 'door',
  'POST /datasets/:id/versions/:version/tickets/*path': 'door',
  'GET /datasets/:id/fingerprint': 'read',
  'POST /datasets/:id/fingerprint': 'session',
  'POST /datasets/:id/fingerprint/trace': 'session',
  'POST /oauth/token': 'anyone',
  'GET /datasets/:id/croissant': 'read',
  'GET /datasets/:id/versions/:version/croissant': 'read',
  'GET /datasets/:namespace/:name/resolve/:revision/*path': 'door',
  'GET /datasets/:namespace/:name/raw/:revision/*path': 'door',
  'GET /api/datasets/:namespace/:name/auth-check': 'door',
  'GET /api/datasets': 'read',
  'GET /api/datasets/:namespace/:name': 'read',
  'GET /api/datasets/:namespace/:name/revision/:revision': 'read',
  'GET /api/datasets/:namespace/:name/tree/:revision{/*path}': 'read',
  'POST /api/datasets/:namespace/:name/paths-info/:revision': 'read',
  'GET /api/datasets/:namespace/:name/refs': 'read',
  'GET /api/datasets/:namespace/:name/commits/:revision': 'read',
  'GET /api/whoami-v2': 'anyone',
  'GET /grants/:id/agreement.jsonld': 'session',
  'GET /grants/:id/agreement.nq': 'session',
  'GET /grants/:id/bundle.json': 'read',
  'POST /decisions/:id/ballot': 'session',
  'POST /sign-in': 'anyone',
  'GET /datasets/:id': 'anyone',
  'GET /licences/:digest.jsonld': 'anyone',
  'GET /licences/:digest.nq': 'anyone',
  'GET /profile/1': 'anyone',
  'GET /profile/1.ttl': 'anyone',
  'GET /docs/permissions': 'anyone',
  'GET /decisions.csv': 'anyone',
  'GET /decisions/:id/result.csv': 'anyone',
  'GET /log/checkpoint': 'anyone',
  'GET /log/cosigned': 'anyone',
  'GET /log/tile/*path': 'anyone',
  'GET /log/proof': 'anyone',
  'GET /log/receipt': 'anyone',
  'GET /log/consistency': 'anyone',
  'GET /log/key': 'anyone',
  'GET /log/entries': 'anyone',
  'GET /witness/key': 'anyone',
  'POST /witness/add-checkpoint': 'anyone',
  'GET /.well-known/jwks.json': 'anyone',
  'GET /.well-known/status/grants': 'anyone',
  'GET /.well-known/tdmrep.json': 'anyone',
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /{*path}': 'anyone',
  'GET /forgot': 'anyone',
  'GET /receipt': 'anyone',
  'POST /receipt': 'secret',
  'POST /receipt/withdraw': 'secret',
  'POST /receipt/restore': 'secret',
  'GET /removals.json': 'anyone',
  'GET /removals.jws': 'anyone',
  'POST /forgot': 'anyone',
  'GET /vote/:secret': 'secret',
  'POST /vote/:secret': 'secret',
  'GET /verify/:secret': 'secret',
  'POST /verify/:secret': 'secret',
  'GET /reset/:secret': 'secret',
  'POST /reset/:secret': 'secret',
  'GET /unsubscribe/:token': 'secret',
  'POST /unsubscribe/:token': 'secret',
  'POST /dev/clock': 'demo',
  'GET /dev/outbox': 'demo',
} as const satisfies Record<NamesOf<Mutation>, Entry> &
  Record<NamesOf<Query>, Access> &
  Record<Route, DoorAccess>

/** Why this caller may not read at all; null when they may. */
export const mayRead = ({ actor }: Pick<Context, 'actor'>): Refusal | null =>
  actor === null || actor.scopes === null || actor.scopes.includes('read')
    ? null
    : refuse('SCOPE_MISSING', 'This token lacks the scope “read”.')

const byToken = refuse('BROWSER_ONLY', 'A personal token may not do this. Sign in with a browser.')

/** Why this caller may not use an operation; null when they may. */
export const mayCall = (access: Access, { actor }: Pick<Context, 'actor'>): Refusal | null => {
  if (access === 'anyone') return null
  if (access === 'read') return mayRead({ actor })
  if (!actor) return signInFirst()
  if (access === 'operator' && !actor.account.operator) {
    return refuse('OPERATOR_ONLY', 'Only the operator of this registry may do this.')
  }
  if (actor.scopes === null) return null
  if (access === 'session' || access === 'operator') return byToken
  if (actor.scopes.includes(access)) return null
  return refuse('SCOPE_MISSING', `This token lacks the scope “${access}”.`)
}
