import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import { BusyError, type Passwords } from './passwords.ts'
import type { Account } from './people.ts'
import type { PeopleStore } from './store.ts'

const WINDOW = 15 * 60

/** Five tries an account and fifty an address in a quarter of an hour reach the password check. */
export const createSignIn = (deps: { store: PeopleStore; passwords: Passwords }) => {
  const perAccount = new RateLimiterMemory({ points: 5, duration: WINDOW })
  const perAddress = new RateLimiterMemory({ points: 50, duration: WINDOW })

  const limited = async (email: string, ip: string): Promise<Refusal | null> => {
    try {
      await perAccount.consume(email)
      await perAddress.consume(ip)
      return null
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      const minutes = Math.ceil(refused.msBeforeNext / 60_000)
      return refuse('TOO_MANY_TRIES', `Too many tries. Wait ${minutes} min, then try again.`)
    }
  }

  return async (
    input: { email: string; password: string },
    ip: string,
  ): Promise<{ ok: true; account: Account } | Refusal> => {
    const email = input.email.trim().toLowerCase()
    const refused = await limited(email, ip)
    if (refused) return refused
    try {
      const account = await deps.store.accountByEmail(email)
      const matches = await deps.passwords.verify(account?.passwordHash ?? null, input.password)
      if (!account || !matches) {
        return refuse('WRONG_SIGN_IN', 'This e-mail address and password do not go together.')
      }
      await perAccount.delete(email)
      return { ok: true, account }
    } catch (error) {
      if (!(error instanceof BusyError)) throw error
      return refuse('BUSY', 'Many people are signing in right now. Try again in a few seconds.')
    }
  }
}
