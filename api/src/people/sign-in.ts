import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import { type Passwords, unlessBusy } from './passwords.ts'
import type { Account } from './people.ts'
import { fingerprint } from './secrets.ts'
import type { PeopleStore } from './store.ts'

const WINDOW = 15 * 60

export type SignIn = (
  input: { readonly email: string; readonly password: string },
  ip: string,
) => Promise<{ ok: true; account: Account } | Refusal>

/** Five tries an account and fifty an address in a quarter of an hour reach the password check. */
export const createSignIn = (deps: { store: PeopleStore; passwords: Passwords }): SignIn => {
  const perAccount = new RateLimiterMemory({ points: 5, duration: WINDOW })
  const perAddress = new RateLimiterMemory({ points: 50, duration: WINDOW })

  const limited = async (email: string, ip: string): Promise<Refusal | null> => {
    try {
      // The address first: who has used up its tries cannot lock other people's accounts as well.
      await perAddress.consume(ip)
      await perAccount.consume(fingerprint(email))
      return null
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      const minutes = Math.ceil(refused.msBeforeNext / 60_000)
      return refuse('TOO_MANY_TRIES', `Too many tries. Wait ${minutes} min, then try again.`)
    }
  }

  return async (input, ip) => {
    const email = input.email.trim().toLowerCase()
    const refused = await limited(email, ip)
    if (refused) return refused
    return unlessBusy(async () => {
      const account = await deps.store.accountByEmail(email)
      const password = input.password.normalize('NFC')
      const matches = await deps.passwords.verify(account?.passwordHash ?? null, password)
      if (!account || !matches) {
        return refuse('WRONG_SIGN_IN', 'This e-mail address and password do not go together.')
      }
      await perAccount.delete(fingerprint(email))
      return { ok: true, account } as const
    })
  }
}
