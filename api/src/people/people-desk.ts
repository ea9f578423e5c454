import type { ParseCharterResult } from '../../../policies/index.ts'
import type { Refusal } from '../log/index.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { createPeople } from './create-people.ts'
import { createToken } from './create-token.ts'
import { type FoundDeps, type Founded, foundCommunity } from './found-community.ts'
import type { Passwords } from './passwords.ts'
import type { Account, Actor, Community, People } from './people.ts'
import { type RegisterDeps, register } from './register.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createSignIn } from './sign-in.ts'
import type { PeopleStore, StoredSession, StoredToken } from './store.ts'

type AccountResult = { ok: true; account: Account } | Refusal

/** Everything that can be asked about people; resolvers use this face, other domains `People`. */
export interface PeopleDesk extends People {
  readonly sessions: Sessions
  needsSetUp(): Promise<boolean>
  register(input: unknown, operator?: boolean): Promise<AccountResult>
  signIn(input: { email: string; password: string }, ip: string): Promise<AccountResult>
  acceptInvitation(code: string, input: unknown): Promise<AccountResult>
  foundCommunity(
    input: unknown,
    charter: (community: string) => ParseCharterResult,
    cmd: string,
  ): Promise<Founded | Refusal>
  createToken(
    actor: Actor,
    input: unknown,
  ): Promise<{ ok: true; secret: string; token: StoredToken } | Refusal>
  revokeToken(actor: Actor, id: string): Promise<boolean>
  tokens(account: string): Promise<readonly StoredToken[]>
  sessionsOf(account: string): Promise<readonly StoredSession[]>
  accountsByIds(ids: readonly string[]): Promise<readonly Account[]>
  communitiesByIds(ids: readonly string[]): Promise<readonly Community[]>
}

export interface PeopleDeskDeps extends Omit<FoundDeps, 'clock'>, RegisterDeps {
  readonly store: PeopleStore
  readonly passwords: Passwords
  /** The system clock: accounts, sessions and tokens don't follow the demonstration's. */
  readonly wallClock: () => number
}

export const createPeopleDesk = (given: PeopleDeskDeps): PeopleDesk => {
  const { store, wallClock } = given
  const deps = { ...given, clock: wallClock }
  return {
    ...createPeople(store),
    sessions: createSessions(store, wallClock),
    needsSetUp: async () => (await store.countAccounts()) === 0,
    register: (input, operator = false) => register(deps, input, { operator, at: wallClock() }),
    signIn: createSignIn(deps),
    acceptInvitation: (code, input) => acceptInvitation(deps, code, input),
    foundCommunity: (input, charter, cmd) => foundCommunity(deps, input, charter, cmd),
    createToken: (actor, input) => createToken(store, actor, input, wallClock()),
    revokeToken: (actor, id) => store.removeToken(actor.account.id, id),
    tokens: (account) => store.tokensOf(account),
    sessionsOf: (account) => store.sessionsOf(account),
    accountsByIds: (ids) => store.accounts(ids),
    communitiesByIds: (ids) => store.communitiesByIds(ids),
  }
}
