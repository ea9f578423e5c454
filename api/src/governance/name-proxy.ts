import { z } from 'zod'
import { parseCharter } from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Log, Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Community, Member, People } from '../people/people.ts'

export interface ProxyDeps {
  readonly log: Log
  readonly people: People
}

const proxyInput = z.object({
  community: z.string().max(64),
  member: z.string().max(64).nullish(),
})

/** A charter may do without proxies; where it has them, nobody speaks for those of somebody else. */
const allows = ({ charter }: Community): boolean => {
  const read = parseCharter(charter.document)
  return read.ok && read.charter.proxy.depth > 0
}

const judge = async (
  { people }: ProxyDeps,
  { community, seat, proxy }: { community: Community; seat: Member; proxy: string },
): Promise<Refusal | null> => {
  if (!allows(community)) {
    return refuse('NO_PROXIES', 'The charter of this community has everybody speak for themselves.')
  }
  if (proxy === seat.id) {
    return refuse('OWN_PROXY', 'Name somebody else to speak for you.', { field: 'member' })
  }
  const found = await people.member(proxy)
  return found?.community === community.id && found.account !== null
    ? null
    : refuse('NOT_A_MEMBER', 'Only a member of this community can speak for you.', {
        field: 'member',
      })
}

/**
 * Names who speaks for a member in votes that open from now on and in which they cast no ballot
 * themselves; nobody when `member` is left out. That somebody has named one is public, whom is not.
 */
export const nameProxy = async (
  deps: ProxyDeps,
  actor: Actor,
  input: unknown,
): Promise<{ readonly ok: true; readonly member: Member } | Refusal> => {
  const read = parse(proxyInput, input)
  if (!read.ok) return read
  const { community: id, member: proxy } = read.value
  const [community, seat] = await Promise.all([
    deps.people.community(id),
    deps.people.memberOf(actor.account.id, id),
  ])
  if (!community || !seat) return notFound('community')
  const refused = proxy ? await judge(deps, { community, seat, proxy }) : null
  if (refused) return refused
  await deps.log.append({
    stream: `community/${id}`,
    type: proxy ? 'proxy.named' : 'proxy.ended',
    cmd: newId('x'),
    data: { community: id, member: seat.id },
    secret: { proxy: proxy ?? null },
  })
  const member = await deps.people.member(seat.id)
  return member ? { ok: true, member } : notFound('member')
}
