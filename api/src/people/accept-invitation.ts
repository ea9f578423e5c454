import { refuse } from '../errors.ts'
import type { Log, Refusal } from '../log/index.ts'
import type { Passwords } from './passwords.ts'
import type { Account } from './people.ts'
import { register } from './register.ts'
import { fingerprint } from './secrets.ts'
import type { SignIn } from './sign-in.ts'
import type { PeopleStore, StoredInvitation } from './store.ts'

const STALE = 'This link has been used or is too old. Ask whoever sent it for a new one.'
const stale = (): Refusal => refuse('INVITATION_STALE', STALE)

// Longer than any acceptance takes: whoever claimed it then, ended on the way to the seat.
const ABANDONED = 10 * 60_000

export interface AcceptDeps {
  readonly store: PeopleStore
  readonly passwords: Passwords
  readonly log: Log
  readonly clock: () => number
  readonly signIn: SignIn
}

export interface Acceptance {
  readonly code: string
  /** Name, e-mail address and password: of a new account, or those of the person's own. */
  readonly input: { readonly email: string; readonly password: string }
  readonly ip: string
}

type AccountResult = { ok: true; account: Account } | Refusal

const isFree = async (store: PeopleStore, invitation: StoredInvitation, now: number) => {
  if (invitation.expiresAt <= now) return false
  if (invitation.usedAt === null) return true
  const seat = await store.member(invitation.member)
  return seat?.account === null && now - invitation.usedAt > ABANDONED
}

/** The person's own account when there is one: they may have registered before they saw the link. */
const identify = async (deps: AcceptDeps, { input, ip }: Acceptance): Promise<AccountResult> => {
  const known = await deps.store.accountByEmail(input.email.trim().toLowerCase())
  return known ? deps.signIn(input, ip) : register(deps, input, { at: deps.clock() })
}

const seatIn = async (
  { store, log }: AcceptDeps,
  { community, member }: StoredInvitation,
  account: Account,
): Promise<AccountResult> => {
  const seats = await store.membersOf(account.id)
  if (seats.some((seat) => seat.community === community)) {
    return refuse('ALREADY_A_MEMBER', 'You have a seat in this community already.')
  }
  await log.append({
    stream: `community/${community}`,
    type: 'member.seated',
    cmd: `seat:${member}`,
    data: { community, member },
    secret: { account: account.id },
  })
  return { ok: true, account }
}

/** Takes the seat that a founding or a council's decision has kept for this person. */
export const acceptInvitation = async (
  deps: AcceptDeps,
  acceptance: Acceptance,
): Promise<AccountResult> => {
  const { store } = deps
  const now = deps.clock()
  const invitation = await store.invitation(fingerprint(acceptance.code))
  if (!invitation || !(await isFree(store, invitation, now))) return stale()
  // Claimed before the account is made, so that the loser of a race leaves none behind.
  const { id, usedAt } = invitation
  if (!(await store.claimInvitation(id, usedAt, now))) return stale()
  let seated: AccountResult | null = null
  try {
    const who = await identify(deps, acceptance)
    seated = who.ok ? await seatIn(deps, invitation, who.account) : who
    return seated
  } finally {
    if (!seated?.ok) await store.claimInvitation(id, now, null)
  }
}
