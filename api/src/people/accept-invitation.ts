import { refuse } from '../errors.ts'
import type { Log, Refusal } from '../log/index.ts'
import type { Passwords } from './passwords.ts'
import type { Account } from './people.ts'
import { register } from './register.ts'
import { fingerprint } from './secrets.ts'
import type { PeopleStore } from './store.ts'

const STALE = 'This link has been used or is too old. Ask whoever sent it for a new one.'

/** Takes the seat that a founding or a council's decision has kept for this person. */
export const acceptInvitation = async (
  deps: { store: PeopleStore; passwords: Passwords; log: Log; clock: () => number },
  code: string,
  input: unknown,
): Promise<{ ok: true; account: Account } | Refusal> => {
  const { store, log } = deps
  const now = deps.clock()
  const invitation = await store.invitation(fingerprint(code))
  if (!invitation || invitation.usedAt !== null || invitation.expiresAt <= now) {
    return refuse('INVITATION_STALE', STALE)
  }
  const registered = await register(deps, input, { at: now })
  if (!registered.ok) return registered
  if (!(await store.useInvitation(invitation.id, now))) return refuse('INVITATION_STALE', STALE)
  await log.append({
    stream: `community/${invitation.community}`,
    type: 'member.seated',
    cmd: `seat:${invitation.member}`,
    data: { community: invitation.community, member: invitation.member },
    secret: { account: registered.account.id },
  })
  return registered
}
