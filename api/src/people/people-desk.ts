import { inTurn } from '../in-turn.ts'
import type { Refusal } from '../log/index.ts'
import { type Acceptance, acceptInvitation } from './accept-invitation.ts'
import { bindToken } from './bind-token.ts'
import { createPeople } from './create-people.ts'
import { createToken } from './create-token.ts'
import {
  type FoundDeps,
  type Founded,
  type FoundOptions,
  foundCommunity,
} from './found-community.ts'
import { type Invited, invitationByMail } from './invitation-by-mail.ts'
import { limitTries } from './limit-tries.ts'
import { createMailProofs, type MailProofs } from './mail-proofs.ts'
import type { Passwords } from './passwords.ts'
import type { Account, Actor, Community, People } from './people.ts'
import { type RegisterDeps, register } from './register.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createSetUp, type SetUp } from './set-up.ts'
import { createSignIn } from './sign-in.ts'
import type { PeopleStore, StoredSession, StoredToken } from './store.ts'

type AccountResult = { ok: true; account: Account } | Refusal

/** Everything that can be asked about people; resolvers use this face, other domains `People`. */
export interface PeopleDesk extends People, MailProofs {
  readonly sessions: Sessions
  needsSetUp(): Promise<boolean>
  /** `ip`: where the stranger comes from; null for the registry's own hands, which no limit holds. */
  register(input: unknown, ip: string | null, operator?: boolean): Promise<AccountResult>
  signIn(input: { email: string; password: string }, ip: string): Promise<AccountResult>
  acceptInvitation(acceptance: Acceptance): Promise<AccountResult>
  foundCommunity(
    input: unknown,
    charterFor: FoundOptions['charterFor'],
    cmd: string,
    before?: FoundOptions['before'],
  ): Promise<Founded | Refusal>
  /** The first run: the operator and the first community, or neither. */
  readonly setUp: SetUp
  createToken(
    actor: Actor,
    input: unknown,
  ): Promise<{ ok: true; secret: string; token: StoredToken } | Refusal>
  /** Gives for a token one that is bound to a key and ends the first; null when it is no good. */
  bindToken(
    secret: string,
    jkt: string,
  ): Promise<{ readonly secret: string; readonly token: StoredToken } | null>
  /** What an invitation says, with a code of its own for the mail; null when it is used or too old. */
  invitationByMail(id: string): Promise<Invited | null>
  revokeToken(actor: Actor, id: string): Promise<boolean>
  tokens(account: string): Promise<readonly StoredToken[]>
  sessionsOf(account: string): Promise<readonly StoredSession[]>
  accountsByIds(ids: readonly string[]): Promise<readonly Account[]>
  communitiesByIds(ids: readonly string[]): Promise<readonly Community[]>
}

export interface PeopleDeskDeps extends Omit<FoundDeps, 'clock'>, RegisterDeps {
  readonly store: PeopleStore
  readonly passwords: Passwords
  /** The system clock: moving the demonstration's signs nobody out. */
  readonly wallClock: () => number
}

export const createPeopleDesk = (given: PeopleDeskDeps): PeopleDesk => {
  const { store, wallClock } = given
  const deps = { ...given, clock: wallClock, signIn: createSignIn(given) }
  const newcomers = limitTries()
  const needsSetUp = async () =>
    (await store.countOperators()) === 0 && (await store.communities()).length === 0
  return {
    ...createPeople(store),
    ...createMailProofs(given),
    invitationByMail: (id) => invitationByMail(store, id, wallClock()),
    sessions: createSessions(store, { wall: wallClock, registry: given.log.now }),
    needsSetUp,
    register: (input, ip, operator = false) =>
      register(deps, input, {
        operator,
        verified: ip === null,
        at: wallClock(),
        ...(ip === null ? {} : { take: (email) => newcomers.take(email, ip) }),
      }),
    signIn: deps.signIn,
    acceptInvitation: (acceptance) => acceptInvitation(deps, acceptance),
    // In turn, so that the second of two foundings reads that its short name is taken.
    foundCommunity: inTurn((input, charterFor, cmd, before) =>
      foundCommunity(deps, input, { charterFor, cmd, ...(before ? { before } : {}) }),
    ),
    setUp: createSetUp({ ...deps, needsSetUp }),
    createToken: (actor, input) => createToken(store, actor, input, given.log.now()),
    bindToken: (secret, jkt) => bindToken(store, secret, { jkt, now: given.log.now() }),
    revokeToken: (actor, id) => store.removeToken(actor.account.id, id),
    tokens: (account) => store.tokensOf(account),
    sessionsOf: (account) => store.sessionsOf(account),
    accountsByIds: (ids) => store.accounts(ids),
    communitiesByIds: (ids) => store.communitiesByIds(ids),
  }
}
