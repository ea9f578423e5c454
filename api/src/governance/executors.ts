import type { Log, StoredEvent } from '../log/index.ts'
import type { AdmitMember, AmendCharter, AttestFacts } from './effect.ts'
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

/** Carries out an amendment: the charter that was voted on, from now on. */
export const amendCharter =
  (log: Log) =>
  ({ proposal, effect, effectId }: EnactedDecision<AmendCharter>): Promise<StoredEvent> => {
    const charter = fieldsOf(proposal.secret.charter)
    return log.append({
      stream: `community/${proposal.community}`,
      type: 'charter.adopted',
      cmd: effectId,
      data: {
        community: proposal.community,
        charterDigest: effect.digest,
        charterVersion: charter.version ?? 0,
        charter,
        proposal: proposal.id,
      },
    })
  }
