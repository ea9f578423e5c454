import type { Json, Log, StoredEvent } from '../log/index.ts'
import type { People } from '../people/people.ts'
import { amendmentRefusal } from './amendment.ts'
import type { AdmitMember, AmendCharter, AttestFacts, ElectBody, EndMembership } from './effect.ts'
import type { EnactedDecision } from './governance.ts'
import { fieldsOf } from './history.ts'

/** Carries out the admission of a member: the seat the council voted for. */
export const admitMember =
  (log: Log) =>
  ({ proposal, effect, effectId }: EnactedDecision<AdmitMember>): Promise<StoredEvent> =>
    log.append({
      stream: `community/${proposal.community}`,
      type: 'member.admitted',
      cmd: effectId,
      data: {
        community: proposal.community,
        member: effect.member,
        bodies: effect.bodies,
        group: effect.group,
        proposal: proposal.id,
      },
      secret: { account: proposal.secret.account ?? null, name: proposal.secret.name ?? '' },
    })

/** Carries out an attestation: what the council vouches for about a person. */
export const attestFacts =
  (log: Log) =>
  ({ proposal, effect, effectId }: EnactedDecision<AttestFacts>): Promise<StoredEvent> =>
    log.append({
      stream: `community/${proposal.community}`,
      type: 'member.attested',
      cmd: effectId,
      data: { community: proposal.community, proposal: proposal.id },
      secret: { account: proposal.secret.account ?? null, facts: { ...effect.facts } },
    })

/** The charter in force as the stream of a community tells it. */
const digestInForce = (history: readonly StoredEvent[]): unknown =>
  history.findLast(({ type }) => type === 'community.founded' || type === 'charter.adopted')?.data
    .charterDigest

/**
 * Carries out an amendment: the charter that was voted on, from now on. If another came first, or
 * if it has become unsound since, that is written down instead and the charter in force stays.
 */
export const amendCharter =
  (log: Log, people: People) =>
  async ({ proposal, effect, effectId }: EnactedDecision<AmendCharter>): Promise<StoredEvent> => {
    const { id, community } = proposal
    const refused = await amendmentRefusal(people, proposal, log.now())
    const { charter, digest, version } = effect
    const what = { community, charterDigest: digest, charterVersion: version, proposal: id }
    const { previous } = fieldsOf(charter as Json)
    const done = await log.command(`community/${community}`, effectId, (history) =>
      refused || digestInForce(history) !== previous
        ? { type: 'charter.declined', data: { ...what, why: refused?.code ?? 'CHARTER_STALE' } }
        : { type: 'charter.adopted', data: { ...what, charter: charter as Json } },
    )
    if (done.ok) return done.event
    throw new Error(`the charter of ${community} could not be decided on`)
  }

/** Carries out the end of a membership: the seat is empty and nobody can take it again. */
export const endMembership =
  (log: Log) =>
  ({ proposal, effect, effectId }: EnactedDecision<EndMembership>): Promise<StoredEvent> =>
    log.append({
      stream: `community/${proposal.community}`,
      type: 'member.ended',
      cmd: effectId,
      data: { community: proposal.community, member: effect.member, proposal: proposal.id },
    })

/** Carries out an election: those who were voted for sit in the body, all others leave it. */
export const electBody =
  (log: Log, people: Pick<People, 'members'>) =>
  async ({ proposal, effect, effectId }: EnactedDecision<ElectBody>): Promise<StoredEvent> => {
    const { community, id } = proposal
    const { body, members } = effect
    const sitting = (await people.members(community)).filter((one) => one.bodies.includes(body))
    return log.append({
      stream: `community/${community}`,
      type: 'body.elected',
      cmd: effectId,
      data: {
        community,
        body,
        joined: members,
        left: sitting.map((one) => one.id).filter((one) => !members.includes(one)),
        proposal: id,
      },
    })
  }
