import { fingerprint, newSecret } from './secrets.ts'
import type { PeopleStore } from './store.ts'

/** An invitation as its letter says it. */
export interface Invited {
  readonly community: string
  readonly name: string
  readonly email: string
  readonly code: string
  /** BCP 47; of the letter. */
  readonly language: string
  /** Epoch ms. */
  readonly expiresAt: number
}

/**
 * The founder has been shown one code; the letter carries another, so that no code lies readable
 * in the queue and the one who uses this one has shown to read the mail of the address.
 */
export const invitationByMail = async (
  store: PeopleStore,
  id: string,
  now: number,
): Promise<Invited | null> => {
  const invitation = await store.invitation(id)
  if (!invitation || invitation.expiresAt <= now) return null
  const seat = await store.member(invitation.member)
  if (seat?.account !== null) return null
  const code = newSecret()
  await store.addInvitation({ ...invitation, id: fingerprint(code), usedAt: null, mailed: true })
  const { community, name, email, expiresAt, language = 'en' } = invitation
  return { community, name, email, code, expiresAt, language }
}
