import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import { fingerprint } from './secrets.ts'

const WINDOW = 15 * 60

export interface Tries {
  /** Counts one try; the refusal once there have been too many, whether there is such an account or not. */
  take(email: string, ip: string): Promise<Refusal | null>
  /** Whoever has shown to be the right one begins anew. */
  forget(email: string): Promise<void>
}

/** Five tries an e-mail address and fifty an address of the network in a quarter of an hour. */
export const limitTries = (): Tries => {
  const perAccount = new RateLimiterMemory({ points: 5, duration: WINDOW })
  const perAddress = new RateLimiterMemory({ points: 50, duration: WINDOW })
  return {
    take: async (email, ip) => {
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
    },
    forget: async (email) => void (await perAccount.delete(fingerprint(email))),
  }
}
