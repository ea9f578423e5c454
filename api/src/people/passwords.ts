import { hash, verify } from '@node-rs/argon2'
import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'

// OWASP's first choice for argon2id; about 80 ms each, so guessing is slow and a queue protects us.
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const
const AT_ONCE = 4
const QUEUE = 50

/** The server has too many sign-ins waiting; the person is asked to try again. */
export class BusyError extends Error {
  override readonly name = 'BusyError'
}

/** Turns an overfull queue into words for the person who waits. */
export const unlessBusy = async <T>(job: () => Promise<T>): Promise<T | Refusal> => {
  try {
    return await job()
  } catch (error) {
    if (!(error instanceof BusyError)) throw error
    return refuse('BUSY', 'Many people are signing in right now. Try again in a few seconds.')
  }
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long for an unknown account (`null`) as for a known one. */
  verify(stored: string | null, password: string): Promise<boolean>
}

/** At most `AT_ONCE` jobs run; at most `QUEUE` wait; the next is refused. */
const gate = () => {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(job: () => Promise<T>): Promise<T> => {
    if (running < AT_ONCE) running += 1
    else {
      if (waiting.length >= QUEUE) throw new BusyError('Too many sign-ins at once.')
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    try {
      return await job()
    } finally {
      // The slot goes to the next in line, or back.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

export const createPasswords = async (): Promise<Passwords> => {
  const within = gate()
  const nobody = await hash('a password nobody has', COST)
  return {
    hash: (password) => within(() => hash(password, COST)),
    verify: async (stored, password) => {
      const matches = await within(() => verify(stored ?? nobody, password))
      return matches && stored !== null
    },
  }
}
