import { z } from 'zod'
import { isRefusal, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Account, Actor, People } from '../people/people.ts'
import type { NewProposal, ProposalResult } from './governance.ts'

export interface ProposePersonDeps {
  readonly people: People
  readonly propose: (proposal: NewProposal) => Promise<ProposalResult>
}

const email = z.string().trim().toLowerCase().pipe(z.email('Give an e-mail address.'))
const deliberate = z.boolean().nullish()
const reason = z.string().trim().min(1, 'Say why, for those who vote.').max(8000)

const memberInput = z.object({
  community: z.string(),
  email,
  name: z.string().trim().min(1, 'Name the person.').max(120),
  bodies: z.array(z.string().trim().min(1).max(60)).max(8),
  group: z.string().trim().min(1).max(60).nullish(),
  reason,
  deliberate,
})

const attestationInput = z.object({
  community: z.string(),
  email,
  actorKind: z
    .enum(['individual', 'communityBody', 'academic', 'publicBody', 'nonprofit', 'commercial'])
    .nullish(),
  commercialTie: z.enum(['yes', 'no']).nullish(),
  identityAssurance: z.number().int().min(0).max(3).nullish(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Use the two capital letters of ISO 3166-1.')
    .nullish(),
  benefitAgreement: z.enum(['signed', 'none']).nullish(),
  reason,
  deliberate,
})

/** Only members put matters about people before their council. */
export const sponsorOnly = async (
  people: People,
  actor: Actor,
  community: string,
): Promise<Refusal | null> =>
  (await people.memberOf(actor.account.id, community))
    ? null
    : refuse('NOT_A_MEMBER', 'Only members of this community may propose this.')

const noAccount = refuse(
  'NO_ACCOUNT',
  'Nobody has an account with this e-mail address. Ask them to register first.',
  { field: 'email' },
)

const unverified = refuse(
  'EMAIL_UNVERIFIED',
  'Nobody has shown yet that this address is theirs. Ask them to confirm it by the letter they got.',
  { field: 'email' },
)

/** The person behind an address: who merely typed it first is not. */
const personBehind = async (people: People, address: string): Promise<Account | Refusal> => {
  const account = await people.accountByEmail(address)
  if (!account) return noAccount
  return account.emailVerifiedAt === null ? unverified : account
}

/** Proposes a seat for a person with an account. */
export const proposeMember = async (
  { people, propose }: ProposePersonDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(memberInput, input)
  if (!read.ok) return read
  const { community, bodies, group, name } = read.value
  const refused = await sponsorOnly(people, actor, community)
  if (refused) return refused
  const account = await personBehind(people, read.value.email)
  if (isRefusal(account)) return account
  if (await people.memberOf(account.id, community)) {
    return refuse('ALREADY_A_MEMBER', 'This person has a seat already.', { field: 'email' })
  }
  const seats = bodies.length === 0 ? 'as a member' : `with a seat in: ${bodies.join(', ')}`
  return propose({
    community,
    title: 'Admit a member',
    text: `A person is to join the community ${seats}. ${read.value.reason}`,
    effect: { kind: 'member.admit', member: newId('m'), bodies, group: group ?? null },
    secret: { account: account.id, name },
    sponsor: actor,
    open: !read.value.deliberate,
    cmd: newId('x'),
  })
}

/** Proposes that the council vouches for facts about a person; they need not be a member. */
export const proposeAttestation = async (
  { people, propose }: ProposePersonDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(attestationInput, input)
  if (!read.ok) return read
  const { community, reason: why, email: _, deliberate: talked, ...rest } = read.value
  const refused = await sponsorOnly(people, actor, community)
  if (refused) return refused
  const facts = Object.fromEntries(
    Object.entries(rest).filter(([, v]) => v !== null && v !== undefined),
  )
  if (Object.keys(facts).length === 0) {
    return refuse('NOTHING_TO_ATTEST', 'Name at least one fact to vouch for.', {
      field: 'actorKind',
    })
  }
  const account = await personBehind(people, read.value.email)
  if (isRefusal(account)) return account
  return propose({
    community,
    title: 'Vouch for facts about a person',
    text: why,
    effect: { kind: 'member.attest', facts },
    secret: { account: account.id, name: account.name },
    sponsor: actor,
    open: !talked,
    cmd: newId('x'),
  })
}
