import type { Mail } from './compose-mail.ts'
import type { Letter } from './notice.ts'
import type { NoticeStore } from './store.ts'

const MINUTE = 60_000
/** Tries of one letter: the last about a day after the first. */
const MOST_TRIES = 10
const FIRST_WAIT = 2 * MINUTE
/** Longer than any transport is waited for (see smtp.ts). */
const LEASE = 2 * MINUTE
const AT_ONCE = 100

/** Hands an e-mail over; rejects when it must be tried again. */
export interface Transport {
  readonly send: (mail: Mail) => Promise<void>
  readonly close: () => void
}

export interface DeliverDeps {
  readonly store: NoticeStore
  readonly transport: Transport
  readonly write: (letter: Letter) => Promise<Mail | null>
  readonly now: () => number
  readonly wallClock: () => number
  /** True once the registry is closing: what is left waits for the next start. */
  readonly closing: () => boolean
  /** Hears of a letter by its id only: no address, no name, no link. */
  readonly report: (error: unknown, letter: string) => void
}

const retried = ({ attempts }: Letter, now: number) =>
  attempts + 1 >= MOST_TRIES
    ? ({ state: 'failed', attempts: attempts + 1, nextAt: now } as const)
    : ({
        state: 'waiting',
        attempts: attempts + 1,
        nextAt: now + FIRST_WAIT * 2 ** attempts,
      } as const)

/** What a transport says may name the person: only its code is kept. */
const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  return typeof code === 'string' && /^[A-Z_]{2,30}$/.test(code) ? code : 'unknown'
}

const sendOne = async (deps: DeliverDeps, letter: Letter): Promise<void> => {
  const { store, transport, write, now } = deps
  try {
    const mail = await write(letter)
    if (mail) await transport.send(mail)
    const state = mail ? 'sent' : 'dropped'
    await store.settleLetter(letter.id, { state, attempts: letter.attempts + 1, nextAt: now() })
  } catch (error) {
    const next = retried(letter, now())
    await store.settleLetter(letter.id, next)
    const what = next.state === 'failed' ? 'given up' : 'put off'
    const about = `letter ${letter.kind} ${what} after ${next.attempts} tries`
    deps.report(new Error(`e-mail: ${codeOf(error)}`), about)
  }
}

/**
 * Sends what is due, one letter after the other. A process that ends between sending and writing
 * that down leaves the letter to the next, under the same Message-ID.
 */
export const deliver = async (deps: DeliverDeps): Promise<number> => {
  const { store, now, wallClock, closing } = deps
  const due = await store.dueLetters(now(), wallClock(), AT_ONCE)
  let sent = 0
  for (const letter of due) {
    if (closing()) return 0
    if (!(await store.claimLetter(letter, wallClock() + LEASE))) continue
    await sendOne(deps, letter)
    sent += 1
  }
  return sent
}
