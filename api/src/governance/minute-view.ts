import { admissible, type ProposalEvent } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import type { Member } from '../people/people.ts'
import type { EnteredMinute, Proposal } from './governance.ts'
import { permission, seatIn } from './viewer.ts'

/** A minute with the vote it belongs to. */
export interface MinuteOf extends EnteredMinute {
  readonly proposal: Proposal
}

const judged = ({ frozen, events }: Proposal, event: ProposalEvent): Refusal | null => {
  if (!frozen) return refuse('NOT_OPEN', 'This proposal is not open for a vote.')
  const verdict = admissible(frozen, events, event)
  return verdict.decision === 'permit' ? null : refuse(verdict.code, verdict.message)
}

const isSteward = ({ frozen }: Proposal, member: Member | null): boolean =>
  member !== null && (frozen?.assisted?.stewards.includes(member.id) ?? false)

const nameOf = async (id: string, { people }: Context): Promise<string> =>
  (await people.member(id))?.name ?? ''

const named = async (proposal: Proposal, { people }: Context) => {
  const seats = new Map((await people.members(proposal.community)).map((one) => [one.id, one.name]))
  return (member: string) => ({ member, name: seats.get(member) ?? '' })
}

/** A steward may enter somebody's ballot if the first on the roll could be heard so. */
const mayAssist = (proposal: Proposal, member: Member | null, at: number): Refusal | null => {
  if (!member) return refuse('NOT_A_MEMBER', 'Only members of this community may.')
  const [first = ''] = Object.keys(proposal.frozen?.roll ?? {})
  const ballots = [{ member: first, choice: 'yes' } as const]
  return judged(proposal, { type: 'assist', minute: 'asked', by: member.id, ballots, at })
}

/** What a proposal says of its roll, its minutes and of who speaks for whom. */
export const proposalFields = {
  roll: async (proposal: Proposal, _: unknown, context: Context) => {
    const member = await seatIn(proposal, context)
    const { roll = {} } = proposal.frozen ?? {}
    const reads = member && (member.id in roll || isSteward(proposal, member))
    return reads ? Object.keys(roll).map(await named(proposal, context)) : null
  },
  minutes: (proposal: Proposal) => proposal.minutes.map((one) => ({ ...one, proposal })),
  viewerCanAssist: async (proposal: Proposal, _: unknown, context: Context) =>
    permission(mayAssist(proposal, await seatIn(proposal, context), context.log.now())),
  viewerProxy: async (proposal: Proposal, _: unknown, context: Context) => {
    const member = await seatIn(proposal, context)
    const proxy = member && proposal.frozen?.proxies[member.id]
    return proxy ? nameOf(proxy, context) : null
  },
  viewerSpeaksFor: async (proposal: Proposal, _: unknown, context: Context) => {
    const member = await seatIn(proposal, context)
    const { proxies = {} } = proposal.frozen ?? {}
    return Object.values(proxies).filter((proxy) => proxy === member?.id).length
  },
}

/** While the vote is open only stewards read what they vouch for; afterwards those who decided do too. */
const reads = async ({ proposal }: MinuteOf, context: Context): Promise<boolean> => {
  if (isSteward(proposal, await seatIn(proposal, context))) return true
  if (context.governance.view(proposal)?.phase === 'open') return false
  return context.governance.isInside(proposal, context.actor?.account.id ?? null)
}

/** What of a minute is shown to whom. */
export const minuteResolvers = {
  at: ({ at }: MinuteOf) => new Date(at).toISOString(),
  text: async (minute: MinuteOf, _: unknown, context: Context) =>
    (await reads(minute, context)) ? minute.text : null,
  enteredBy: async (minute: MinuteOf, _: unknown, context: Context) =>
    (await reads(minute, context)) ? nameOf(minute.by, context) : null,
  confirmedAt: ({ confirmed }: MinuteOf) =>
    confirmed ? new Date(confirmed.at).toISOString() : null,
  confirmedBy: async (minute: MinuteOf, _: unknown, context: Context) =>
    minute.confirmed && (await reads(minute, context))
      ? nameOf(minute.confirmed.by, context)
      : null,
  ballotCount: ({ ballots }: MinuteOf) => ballots.length,
  ballots: async (minute: MinuteOf, _: unknown, context: Context) => {
    if (!(await reads(minute, context))) return null
    const name = await named(minute.proposal, context)
    return minute.ballots.map(({ member, choice, reason }) => ({
      ...name(member),
      choice,
      reason: reason || null,
    }))
  },
  viewerCanConfirm: async ({ id, proposal }: MinuteOf, _: unknown, context: Context) => {
    const member = await seatIn(proposal, context)
    if (!member) return permission(refuse('NOT_A_MEMBER', 'Only members of this community may.'))
    const at = context.log.now()
    return permission(judged(proposal, { type: 'confirm-assist', minute: id, by: member.id, at }))
  },
}
