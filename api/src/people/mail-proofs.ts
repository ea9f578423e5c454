import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { PostLetter } from './letters.ts'
import { limitTries } from './limit-tries.ts'
import { type Passwords, unlessBusy } from './passwords.ts'
import { registration } from './register.ts'
import { fingerprint, newSecret } from './secrets.ts'
import type { MailProof, PeopleStore } from './store.ts'

const HOUR = 3_600_000
const LIVES: Readonly<Record<MailProof['purpose'], number>> = { verify: 72 * HOUR, reset: HOUR }

export interface MailProofDeps {
  readonly store: PeopleStore
  readonly passwords: Passwords
  readonly post: PostLetter
  readonly wallClock: () => number
}

type Done = { readonly ok: true } | Refusal

/** What only the one who reads the mail of an address can do. */
export interface MailProofs {
  /** Queues the letter that asks whether the address is theirs. */
  askToVerify(account: string, ip: string): Promise<Done>
  /** The same answer whether there is such an account or not. */
  askToReset(email: string, ip: string): Promise<Done>
  /** The secret of a link, made as its letter is sent; older ones end with it. */
  makeProof(account: string, purpose: MailProof['purpose']): Promise<string>
  /** Whether a link still works; changes nothing. */
  isProof(secret: string, purpose: MailProof['purpose']): Promise<boolean>
  verifyEmail(secret: string): Promise<Done>
  /** Ends every session: whoever had the old password is out. */
  resetPassword(secret: string, password: string): Promise<Done>
}

const stale = (): Refusal =>
  refuse('LINK_STALE', 'This link has been used, was replaced or is too old. Ask for a new one.')

const find = async ({ store, wallClock }: MailProofDeps, secret: string, purpose: string) => {
  const proof = await store.mailProof(fingerprint(secret))
  const good = proof?.purpose === purpose && proof.expiresAt > wallClock()
  const account = good ? await store.account(proof.account) : null
  // The address may have been another one when the letter was written.
  return proof && account?.email === proof.email ? { proof, account } : null
}

const verify = async (deps: MailProofDeps, secret: string): Promise<Done> => {
  const found = await find(deps, secret, 'verify')
  if (!found || !(await deps.store.takeMailProof(found.proof.id))) return stale()
  await deps.store.setEmailVerified(found.account.id, deps.wallClock())
  return { ok: true }
}

const reset = async (deps: MailProofDeps, secret: string, given: string): Promise<Done> => {
  const { store, passwords, wallClock } = deps
  const found = await find(deps, secret, 'reset')
  if (!found) return stale()
  const read = parse(registration.pick({ password: true }), { password: given })
  if (!read.ok) return read
  const hashed = await unlessBusy(async () => ({
    ok: true,
    text: await passwords.hash(read.value.password),
  }))
  if (!('text' in hashed)) return hashed
  // Taken last: a password that is refused must not cost the link.
  if (!(await store.takeMailProof(found.proof.id))) return stale()
  await store.setPassword(found.account.id, hashed.text)
  await store.setEmailVerified(found.account.id, wallClock())
  await store.removeSessionsOf(found.account.id)
  return { ok: true }
}

export const createMailProofs = (deps: MailProofDeps): MailProofs => {
  const { store, post, wallClock } = deps
  const tries = limitTries()
  const ask = async (
    purpose: MailProof['purpose'],
    { email, ip }: { readonly email: string; readonly ip: string },
  ): Promise<Done> => {
    const refused = await tries.take(`${purpose}:${email}`, ip)
    if (refused) return refused
    const account = await store.accountByEmail(email)
    if (account) await post({ kind: purpose, account: account.id })
    return { ok: true }
  }
  return {
    askToVerify: async (id, ip) => {
      const account = await store.account(id)
      if (!account || account.emailVerifiedAt !== null) {
        return refuse('EMAIL_VERIFIED', 'This address is confirmed already. Nothing is missing.')
      }
      return ask('verify', { email: account.email, ip })
    },
    askToReset: (email, ip) => ask('reset', { email: email.trim().toLowerCase(), ip }),
    makeProof: async (id, purpose) => {
      const account = await store.account(id)
      if (!account) throw new Error(`no account ${id} to write to`)
      const secret = newSecret()
      const expiresAt = wallClock() + LIVES[purpose]
      const { email } = account
      const proof = { id: fingerprint(secret), account: id, purpose, email, expiresAt }
      await store.addMailProof(proof)
      return secret
    },
    isProof: async (secret, purpose) => (await find(deps, secret, purpose)) !== null,
    verifyEmail: (secret) => verify(deps, secret),
    resetPassword: (secret, password) => reset(deps, secret, password),
  }
}
