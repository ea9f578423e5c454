import { z } from 'zod'
import {
  type Charter,
  charterDigest,
  lintCharter,
  type ParseCharterResult,
  type Sha256,
} from '../../../policies/index.ts'
import { refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Log, Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { PostLetter } from './letters.ts'
import { type Community, sitsIn } from './people.ts'
import { email } from './register.ts'
import { fingerprint, newSecret } from './secrets.ts'
import type { PeopleStore } from './store.ts'

const INVITATION = 30 * 86_400_000

const founder = z.object({
  email,
  name: z.string().trim().min(1, 'Name this founder.').max(120),
  bodies: z.array(z.string().trim().min(1).max(60)).max(8),
  group: z.string().trim().min(1).max(60).nullish(),
})

export const founding = z.object({
  name: z.string().trim().min(2, 'Give the community a name.').max(120),
  slug: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/, 'Use 2 to 40 small letters, digits and hyphens.'),
  description: z.string().trim().min(1, 'Say in a sentence who you are.').max(2000),
  fictitious: z.boolean().default(false),
  /** BCP 47; in which the founders are written to. */
  language: z.string().max(35).nullish(),
  founders: z
    .array(founder)
    .min(1, 'A community needs founders.')
    .max(200)
    .refine(
      (all) => new Set(all.map((one) => one.email)).size === all.length,
      'Each founder has one seat: an e-mail address is listed twice.',
    ),
})

export interface Founded {
  readonly ok: true
  readonly community: Community
  /** Link codes for founders who have no account yet. */
  readonly invitations: readonly { id: string; name: string; email: string; code: string }[]
}

interface Seat extends z.output<typeof founder> {
  readonly member: string
  readonly account: string | null
}

/** Nobody gets a seat by registering the address of somebody else first: they are invited there. */
const accountOf = async (store: PeopleStore, email: string): Promise<string | null> => {
  const known = await store.accountByEmail(email)
  return known && (known.operator || known.emailVerifiedAt !== null) ? known.id : null
}

const takeSeats = (store: PeopleStore, founders: readonly z.output<typeof founder>[]) =>
  Promise.all(
    founders.map(
      async (one): Promise<Seat> => ({
        ...one,
        member: newId('m'),
        account: await accountOf(store, one.email),
      }),
    ),
  )

/** Members and primary groups of every body of the charter. */
const bodySizes = (charter: Charter, seats: readonly Seat[]) =>
  Object.fromEntries(
    Object.entries(charter.bodies).map(([name, body]) => {
      const inside = seats.filter((seat) => sitsIn(seat, body.register))
      const groups = new Set(inside.map((s) => s.group ?? '').filter((g) => g !== ''))
      return [name, { members: inside.length, groups: groups.size }]
    }),
  )

const checkCharter = (
  parsed: ParseCharterResult,
  seats: readonly Seat[],
): { ok: true; charter: Charter } | Refusal => {
  if (!parsed.ok) {
    const problem = parsed.problems[0]
    return refuse('CHARTER_UNREADABLE', problem?.message ?? 'This charter cannot be read.', {
      field: `charter.${problem?.path ?? ''}`,
    })
  }
  const wrong = lintCharter(parsed.charter, bodySizes(parsed.charter, seats)).filter(
    (finding) => finding.severity === 'error',
  )
  if (wrong.length === 0) return { ok: true, charter: parsed.charter }
  return refuse('CHARTER_UNSOUND', wrong[0]?.message ?? '', {
    field: 'founders',
    reasons: wrong.map((finding) => ({
      clause: `${finding.rule} ${finding.path}`,
      text: finding.message,
    })),
  })
}

export interface FoundDeps {
  readonly store: PeopleStore
  readonly log: Log
  readonly sha256: Sha256
  readonly post: PostLetter
  readonly clock: () => number
}

const invite = async (deps: FoundDeps, { id: community, seats, language }: Plan) => {
  const open = seats.filter((seat) => seat.account === null)
  return Promise.all(
    open.map(async ({ member, email, name }) => {
      const code = newSecret()
      const expiresAt = deps.clock() + INVITATION
      const id = fingerprint(code)
      await deps.store.addInvitation({
        id,
        community,
        member,
        email,
        name,
        expiresAt,
        usedAt: null,
        language,
      })
      return { id, name, email, code }
    }),
  )
}

type CharterFor = (community: string) => ParseCharterResult

/** A founding that has been read and found sound. */
interface Plan {
  readonly ok: true
  readonly id: string
  readonly about: Omit<z.output<typeof founding>, 'founders' | 'language'>
  readonly seats: readonly Seat[]
  /** BCP 47; in which the founders are written to. */
  readonly language: string
  readonly charter: Charter
}

/** Reads a founding without recording anything. */
export const planFounding = async (
  store: PeopleStore,
  input: unknown,
  charterFor: CharterFor,
): Promise<Plan | Refusal> => {
  const read = parse(founding, input)
  if (!read.ok) return read
  const { founders, language, ...about } = read.value
  if (await store.communityBySlug(about.slug)) {
    return refuse('SLUG_TAKEN', 'Another community has this short name.', { field: 'slug' })
  }
  const id = newId('c')
  const seats = await takeSeats(store, founders)
  const checked = checkCharter(charterFor(id), seats)
  return checked.ok
    ? { ok: true, id, about, seats, language: language ?? 'en', charter: checked.charter }
    : checked
}

const recordFounding = (
  { log, sha256 }: FoundDeps,
  { id, about, seats, charter }: Plan,
  cmd: string,
) =>
  log.append({
    stream: `community/${id}`,
    type: 'community.founded',
    cmd,
    seq: 0,
    data: {
      community: id,
      ...about,
      charterDigest: charterDigest(charter, sha256),
      charterVersion: charter.version,
      charter: JSON.parse(JSON.stringify(charter)),
      members: seats.map(({ member, bodies, group }) => ({ member, bodies, group: group ?? null })),
    },
    secret: {
      accounts: Object.fromEntries(seats.map((seat) => [seat.member, seat.account])),
      names: Object.fromEntries(seats.map((seat) => [seat.member, seat.name])),
    },
  })

export interface FoundOptions {
  readonly charterFor: CharterFor
  /** No two foundings share one: the log records a command once. */
  readonly cmd: string
  /** What has to stand before the community does, e.g. its licence. */
  readonly before?: (community: string) => Promise<{ readonly ok: true } | Refusal>
}

/**
 * Founds a community: charter, first seats. From then on only its votes change either. The
 * founding itself is recorded last: whatever fails before it leaves no community.
 */
export const foundCommunity = async (
  deps: FoundDeps,
  input: unknown,
  { charterFor, cmd, before }: FoundOptions,
): Promise<Founded | Refusal> => {
  const plan = await planFounding(deps.store, input, charterFor)
  if (!plan.ok) return plan
  const { id } = plan
  const ready = await before?.(id)
  if (ready && !ready.ok) return ready
  const invitations = await invite(deps, plan)
  await recordFounding(deps, plan, cmd)
  for (const { id: invitation } of invitations) await deps.post({ kind: 'invitation', invitation })
  const community = await deps.store.community(id)
  if (!community) throw new Error(`community ${id} was founded but is not projected`)
  return { ok: true, community, invitations }
}
