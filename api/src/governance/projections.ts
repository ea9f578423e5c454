import { type Projection, type StoredEvent, textIn } from '../log/index.ts'
import { fieldsOf, foldProposal } from './history.ts'
import { type PackedProposal, pack, unpack } from './packed.ts'

/** Events of other streams by which an enacted decision is carried out. */
const EFFECTS = new Set([
  'version.published',
  'suspension.ratified',
  'dataset.reopened',
  'fingerprint.started',
  'fingerprint.ended',
  'grant.declined',
  'grant.revoked',
  'duty.waived',
  'licence.adopted',
  'member.admitted',
  'member.attested',
  'charter.adopted',
  'member.ended',
  'body.elected',
  'dataset.takendown',
  'charter.declined',
  'custodian.agreed',
  'custody.joined',
  'custody.left',
  'custody.ended',
  'decision.declined',
  'request.agreed',
  'waiver.agreed',
  'delegation.granted',
  'delegation.ended',
  'delegation.resumed',
])

const proposalOfEvent = (event: StoredEvent): string => {
  if (event.stream.startsWith('proposal/')) return textIn(event.data.proposal)
  if (event.type === 'grant.issued' && event.data.basis === 'vote') {
    return textIn(fieldsOf(event.data.decision).proposal)
  }
  return EFFECTS.has(event.type) ? textIn(event.data.proposal) : ''
}

const proposals: Projection = {
  name: 'proposals',
  ids: (event) => [proposalOfEvent(event)].filter((id) => id !== ''),
  fold: (doc, event) => {
    const next = foldProposal(doc && unpack(doc as unknown as PackedProposal), event)
    return next && pack(next)
  },
}

export const projections: readonly Projection[] = [proposals]
