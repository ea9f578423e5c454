import type { Context } from '../context.ts'
import { refuse, signInFirst } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import type { Scope } from '../people/people.ts'
import type { MutationResolvers } from './generated.ts'

/**
 * Who may call an operation at all. `anyone`; `session`: a person in a browser; `operator`: the one
 * who runs the server; a scope: also a personal token that carries it. What may be done to which
 * object in which state is decided by the command itself, on the same answer for everybody.
 */
export type Access = 'anyone' | 'session' | 'operator' | Scope

/** Every operation is listed: one that is missing does not compile. */
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
  proposeMember: 'session',
  proposeAttestation: 'session',
  proposeCharter: 'session',
  openProposal: 'session',
  withdrawProposal: 'session',
  reviseProposal: 'session',
  returnProposal: 'session',
  castBallot: 'session',
  enterMinute: 'session',
  confirmMinute: 'session',
  requireRecusal: 'session',
  recuse: 'session',
  withdrawObjection: 'session',
  veto: 'session',
  liftVeto: 'session',
  appeal: 'session',
  decideAppeal: 'session',
  comment: 'session',
  proposeLicence: 'session',
  createDataset: 'session',
  contribute: 'contribute',
  withdrawContribution: 'contribute',
  assembleVersion: 'session',
  proposePublication: 'session',
  suspendDataset: 'session',
  proposeReopening: 'session',
  requestAccess: 'session',
  reviseRequest: 'session',
  withdrawRequest: 'session',
  reportDuty: 'session',
  answerDuty: 'session',
  proposeWaiver: 'session',
  acceptLicence: 'session',
  proposeRevocation: 'session',
  markNoticesRead: 'session',
  saveNoticeSettings: 'session',
  revokeBallotLinks: 'session',
} as const satisfies Record<
  Exclude<keyof MutationResolvers, '__isTypeOf' | symbol | number>,
  Access
>

/** Why this caller may not read at all; null when they may. */
export const mayRead = ({ actor }: Pick<Context, 'actor'>): Refusal | null =>
  actor === null || actor.scopes === null || actor.scopes.includes('read')
    ? null
    : refuse('SCOPE_MISSING', 'This token lacks the scope “read”.')

const byToken = refuse('BROWSER_ONLY', 'A personal token may not do this. Sign in with a browser.')

/** Why this caller may not use an operation; null when they may. */
export const mayCall = (access: Access, { actor }: Pick<Context, 'actor'>): Refusal | null => {
  if (access === 'anyone') return null
  if (!actor) return signInFirst()
  if (access === 'operator' && !actor.account.operator) {
    return refuse('OPERATOR_ONLY', 'Only the operator of this registry may do this.')
  }
  if (actor.scopes === null) return null
  if (access === 'session' || access === 'operator') return byToken
  if (actor.scopes.includes(access)) return null
  return refuse('SCOPE_MISSING', `This token lacks the scope “${access}”.`)
}
