import type { Proposal } from '../api/src/governance/governance.ts'
import type { Actor, Member } from '../api/src/people/people.ts'
import type { House } from '../api/src/wire.ts'

export const DAY = 86_400_000

/** The house being seeded and the hands that move its clock. */
export interface Garden {
  readonly house: House
  /** Moves the clock on, a day at a time, and lets everything that has become due happen. */
  readonly days: (count: number) => Promise<void>
}

/** A refusal while seeding is a mistake in the plan: it stops the seed with its words. */
export const must = <R extends { readonly ok: boolean }>(
  result: R,
  doing: string,
): Extract<R, { readonly ok: true }> => {
  if (succeeded(result)) return result
  throw new Error(`${doing}: ${JSON.stringify(result)}`)
}

const succeeded = <R extends { readonly ok: boolean }>(
  result: R,
): result is Extract<R, { readonly ok: true }> => result.ok

/** Somebody at their browser. */
export const asActor = async ({ house }: Garden, email: string): Promise<Actor> => {
  const account = await house.services.people.accountByEmail(email)
  if (!account) throw new Error(`nobody has an account as ${email}`)
  return { account, session: 'seed', scopes: null }
}

const actorOf = async ({ house }: Garden, member: Member): Promise<Actor> => {
  const account = member.account ? await house.services.people.account(member.account) : null
  if (!account) throw new Error(`seat ${member.id} has nobody in it`)
  return { account, session: 'seed', scopes: null }
}

export interface Votes {
  /** How many say no, of those on the roll, first come first. */
  readonly no?: number
  /** How many say nothing. */
  readonly silent?: number
  readonly reason?: string
}

const byName = (a: Member, b: Member): number =>
  a.name.localeCompare(b.name, 'en', { numeric: true })

/** Everybody on the frozen roll votes, as their own ballots. */
export const vote = async (
  garden: Garden,
  { id, frozen }: Proposal,
  { no = 0, silent = 0, reason = '' }: Votes = {},
): Promise<void> => {
  const { people, governance } = garden.house.services
  const seats = await Promise.all(Object.keys(frozen?.roll ?? {}).map((id) => people.member(id)))
  // The last by name vote first: whoever walks through the demonstration is councillor 1.
  const voters = seats.filter((seat) => seat !== null).sort((a, b) => byName(b, a))
  for (const [i, member] of voters.slice(0, voters.length - silent).entries()) {
    const choice = i < no ? 'no' : 'yes'
    const act = { type: 'ballot', choice, reason: choice === 'no' ? reason : '' } as const
    must(await governance.act(await actorOf(garden, member), id, act, 'seed'), `ballot on ${id}`)
  }
}

/** What a community calls its version of a licence template. */
export const licenceTitle = (
  { licences }: House['services'],
  template: string,
  community: string,
): string => {
  const known = licences.licenceTemplates().find(({ name }) => name === template)
  return `${known?.title ?? template}, ${community}`
}
