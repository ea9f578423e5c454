import { refuse } from '../errors.ts'
import type { Log, Refusal } from '../log/index.ts'
import type { Account } from './people.ts'
import { type RegisterDeps, register } from './register.ts'
import { fingerprint } from './secrets.ts'
import type { SignIn } from './sign-in.ts'
import type { PeopleStore, StoredInvitation } from './store.ts'

const STALE = 'This link has been used or is too old. Ask whoever sent it for a new one.'
const stale = (): Refusal => refuse('INVITATION_STALE', STALE)

// Longer than any acceptance takes: whoever claimed it then, ended on the way to the seat.
const ABANDONED = 10 * 60_000

export interface AcceptDeps extends RegisterDeps {
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
  const seat = await store.member(invitation.member)
  if (seat?.account !== null || seat.endedAt) return false
  return invitation.usedAt === null || now - invitation.usedAt > ABANDONED
}

/** The person's own account when there is one: they may have registered before they saw the link. */
const identify = async (
  deps: AcceptDeps,
  { input, ip }: Acceptance,
  invitation: StoredInvitation,
): Promise<AccountResult> => {
  const email = input.email.trim().toLowerCase()
  const verified = invitation.mailed === true && invitation.email === email
  const known = await deps.store.accountByEmail(email)
  if (!known) return register(deps, input, { at: deps.clock(), verified })
  const who = await deps.signIn(input, ip)
  if (who.ok && verified) await deps.store.setEmailVerified(who.account.id, deps.clock())
  return who
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
  const { secret } = await log.append({
    stream: `community/${community}`,
    type: 'member.seated',
    cmd: `seat:${member}`,
    data: { community, member },
    secret: { account: account.id },
  })
  // A seat has a link from its founder and one by mail: who came second finds it taken.
  return secret.account === account.id ? { ok: true, account } : stale()
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
    const who = await identify(deps, acceptance, invitation)
    seated = who.ok ? await seatIn(deps, invitation, who.account) : who
    return seated
  } finally {
    if (!seated?.ok) await store.claimInvitation(id, now, null)
  }
}
