import { createHash, randomBytes } from 'node:crypto'
import { isRefusal } from '../errors.ts'
import type { OnceStore } from '../once.ts'
import type { Actor, People } from '../people/people.ts'
import { type PassDeps, pass } from './door.ts'
import { shut } from './door-refusals.ts'
import type { DoorRefusal, FileRequest } from './grants.ts'

export interface TicketDeps extends PassDeps {
  readonly people: PassDeps['people'] & Pick<People, 'account'>
  readonly once: OnceStore
}

/** A secret that opens one file once. */
export interface Ticket {
  readonly ok: true
  readonly secret: string
  /** Epoch ms. */
  readonly expiresAt: number
}

/** What a ticket lets its bearer do, in the name of whoever asked for it. */
export interface Redeemed {
  readonly ok: true
  readonly actor: Actor
}

export interface Tickets {
  /** A ticket for a file that this person may have now. */
  issue(actor: Actor | null, asked: FileRequest): Promise<Ticket | DoorRefusal>
  /**
   * Whoever the ticket is of; the door decides about them as always. `spend`: it is used up by this.
   * `actor`: who asks besides by a session of their own, or null.
   */
  redeem(
    secret: string,
    asked: FileRequest,
    by: { readonly actor: Actor | null; readonly spend: boolean },
  ): Promise<Redeemed | DoorRefusal>
}

const LIFETIME = 60_000

const idOf = (secret: string): string =>
  `ticket:${createHash('sha256').update(secret).digest('base64url')}`

/** One answer, whatever is wrong: a ticket tells nothing about anybody. */
const SPENT = shut(
  403,
  'TICKET_SPENT',
  'This link works once, for one file, within a minute. Get a new one on the dataset’s page.',
)

/** Single-use links for what cannot send a token: 60 seconds, one person, one file, one version. */
export const createTickets = (deps: TicketDeps): Tickets => ({
  issue: async (actor, asked) => {
    const passed = await pass(deps, actor, asked)
    if (isRefusal(passed)) return passed
    if (!actor) return SPENT
    const now = deps.log.now()
    const secret = randomBytes(32).toString('base64url')
    const { dataset, version, path } = asked
    const expiresAt = now + LIFETIME
    const account = actor.account.id
    const id = idOf(secret)
    await deps.once.forget('ticket', now)
    await deps.once.add({ id, kind: 'ticket', expiresAt, account, dataset, version, path })
    return { ok: true, secret, expiresAt }
  },
  redeem: async (secret, asked, { actor, spend }) => {
    const ticket = await deps.once.find(idOf(secret))
    const left = (ticket?.expiresAt ?? 0) - deps.log.now()
    // More than it was given: the clock of this machine has gone back, and the ticket with it.
    if (!ticket || left <= 0 || left > LIFETIME) return SPENT
    const { dataset, version, path, account: id = '' } = ticket
    const fits = dataset === asked.dataset && version === asked.version && path === asked.path
    if (!fits || (actor && actor.account.id !== id)) return SPENT
    if (spend && !(await deps.once.take(ticket.id))) return SPENT
    const account = await deps.people.account(id)
    return account ? { ok: true, actor: { account, session: null, scopes: ['download'] } } : SPENT
  },
})
