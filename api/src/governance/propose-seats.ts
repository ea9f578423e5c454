import { z } from 'zod'
import { parseCharter } from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import { parse } from '../parse.ts'
import type { Actor, Community } from '../people/people.ts'
import type { ProposalResult } from './governance.ts'
import { type ProposePersonDeps, sponsorOnly } from './propose-member.ts'

const reason = z
  .string()
  .trim()
  .min(1, 'Say why, without naming anybody: these words are public.')
  .max(8000)
const deliberate = z.boolean().nullish()

const endInput = z.object({
  community: z.string().max(64),
  member: z.string().max(64),
  reason,
  deliberate,
})

const electionInput = z.object({
  community: z.string().max(64),
  body: z.string().max(60),
  members: z.array(z.string().max(64)).min(1, 'Name at least one member.').max(200),
  reason,
  deliberate,
})

/** Proposes that a seat ends. */
export const proposeMembershipEnd = async (
  { people, propose }: ProposePersonDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(endInput, input)
  if (!read.ok) return read
  const { community, member, reason: text } = read.value
  const refused = await sponsorOnly(people, actor, community)
  if (refused) return refused
  const seat = await people.member(member)
  if (seat?.community !== community || seat.endedAt) return notFound('member')
  return propose({
    community,
    title: 'End a membership',
    text,
    effect: { kind: 'member.end', member },
    // Whose seat it is stands aside from the vote, and has a say while it is talked over.
    secret: { name: seat.name, concerned: seat.account === null ? [] : [seat.account] },
    sponsor: actor,
    open: !read.value.deliberate,
    cmd: newId('x'),
  })
}

/** Bodies whose seats are given: that of all members is nobody's to give. */
export const electable = ({ charter }: Community): readonly string[] => {
  const parsed = parseCharter(charter.document)
  const registers = parsed.ok ? Object.values(parsed.charter.bodies) : []
  const named = registers.map(({ register }) => register)
  return [...new Set(['stewards', ...named])].filter(
    (one) => one !== 'members' && one !== 'assembly',
  )
}

/** Proposes who sits in a body from now on. */
export const proposeElection = async (
  { people, propose }: ProposePersonDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(electionInput, input)
  if (!read.ok) return read
  const { community: id, body, members, reason: why } = read.value
  const refused = await sponsorOnly(people, actor, id)
  if (refused) return refused
  const community = await people.community(id)
  if (!community) return notFound('community')
  if (!electable(community).includes(body)) {
    const bodies = electable(community).join(', ')
    return refuse('NO_SUCH_BODY', `Seats are given in: ${bodies}.`, { field: 'body' })
  }
  const seats = (await people.members(id)).filter(({ account }) => account !== null)
  const unknown = members.find((one) => !seats.some((seat) => seat.id === one))
  if (unknown !== undefined) {
    return refuse('NOT_A_MEMBER', 'Everybody named must have a seat in this community.', {
      field: 'members',
    })
  }
  const chosen = [...new Set(members)]
  const names = seats.filter((seat) => chosen.includes(seat.id)).map(({ name }) => name)
  return propose({
    community: id,
    title: `Elect the body “${body}”`,
    text: `From now on ${chosen.length} members sit in “${body}”, and no others. ${why}`,
    effect: { kind: 'body.elect', body, members: chosen },
    secret: { name: names.join(', ') },
    sponsor: actor,
    open: !read.value.deliberate,
    cmd: newId('x'),
  })
}
