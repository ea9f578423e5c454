import { fieldsOf } from '../governance/history.ts'
import {
  type Fields,
  foldHistory,
  type Json,
  type Projection,
  type StoredEvent,
  textIn,
} from '../log/index.ts'
import { delegations } from './delegation.ts'
import { changedTeam, issuedTeam, usersIn } from './fold-team.ts'
import type { Grant } from './grants.ts'

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

const submitted = ({ type, data, secret, at, idx }: StoredEvent): Fields => ({
  dataset: data.dataset ?? '',
  version: data.version ?? '',
  purposes: data.purposes ?? [],
  actions: data.actions ?? [],
  duties: data.duties ?? [],
  councils: data.councils ?? [],
  rule: data.rule ?? 'all',
  settles: list(data.settles),
  asked: [],
  unasked: Math.max(1, list(data.councils).length),
  decision: data.decision ?? 'deny',
  clauses: data.clauses ?? [],
  renews: data.renews ?? null,
  proposal: null,
  standing: null,
  grant: null,
  submittedAt: at,
  withdrawn: false,
  refused: type === 'request.refused',
  account: secret.account ?? null,
  facts: secret.facts ?? {},
  project: secret.project ?? '',
  days: secret.days ?? 0,
  team: secret.team ?? [],
  fingerprint: data.fingerprint === true,
  entry: idx,
  submissions: [],
  stands: { at, entry: idx },
  pending: false,
})

const standing = ({
  purposes,
  actions,
  duties,
  facts,
  project,
  days,
  team,
  stands,
}: Fields): Fields => ({
  purposes: purposes ?? [],
  actions: actions ?? [],
  duties: duties ?? [],
  facts: facts ?? {},
  project: project ?? '',
  days: days ?? 0,
  team: team ?? [],
  ...fieldsOf(stands),
})

const handedInAgain = (doc: Fields, { data, secret, at, idx }: StoredEvent): Fields => ({
  ...doc,
  submissions: [...list(doc.submissions), standing(doc)],
  purposes: data.purposes ?? [],
  actions: data.actions ?? [],
  duties: data.duties ?? [],
  settles: list(data.settles),
  facts: secret.facts ?? {},
  project: secret.project ?? '',
  days: secret.days ?? 0,
  team: secret.team ?? [],
  fingerprint: data.fingerprint === true,
  stands: { at, entry: idx },
  pending: true,
})

const effectRequest = ({ data }: StoredEvent): string => {
  const effect = data.effect
  return typeof effect === 'object' && effect !== null && 'request' in effect
    ? textIn((effect as Fields).request)
    : ''
}

/** Another try of the same community takes the place of the one before. */
const asked = (doc: Fields, { data: { proposal = '', community = '' } }: StoredEvent): Fields => {
  const before = list(doc.asked).map(fieldsOf)
  const known = before.some((one) => one.community === community)
  const votes = known
    ? before.map((one) => (one.community === community ? { community, proposal } : one))
    : [...before, { community, proposal }]
  const wanted = Math.max(1, list(doc.councils).length)
  return {
    ...doc,
    asked: votes,
    unasked: wanted - votes.length,
    proposal: votes[0]?.proposal ?? null,
  }
}

const answered = ({ data, idx }: StoredEvent): Fields => ({
  delegation: data.delegation ?? '',
  manifestDigest: data.manifestDigest ?? '',
  licence: data.licence ?? '',
  entry: idx,
})

/** Access requests with what became of them. */
const requests: Projection = {
  name: 'requests',
  ids: (event) => {
    if (event.stream.startsWith('request/')) return [textIn(event.data.request)]
    if (event.type === 'grant.issued' || event.type === 'delegation.used')
      return [textIn(event.data.request)]
    if (event.type !== 'proposal.made' && event.type !== 'proposal.revised') return []
    return [effectRequest(event)].filter((id) => id !== '')
  },
  fold: (doc, event) => {
    switch (event.type) {
      case 'request.submitted':
      case 'request.refused':
        return submitted(event)
      case 'request.revised':
        return doc && handedInAgain(doc, event)
      case 'proposal.revised':
        return doc && { ...doc, pending: false }
      case 'request.withdrawn':
        return doc && { ...doc, withdrawn: true }
      case 'proposal.made':
        return doc && asked(doc, event)
      case 'delegation.used':
        return doc && { ...doc, standing: answered(event) }
      case 'grant.issued':
        return doc && { ...doc, grant: event.data.grant ?? null }
      default:
        return doc
    }
  },
}

const issued = (event: StoredEvent): Fields => {
  const { data, secret, idx } = event
  const { grant: _, ...rest } = data
  const team = issuedTeam(event)
  return {
    ...rest,
    account: secret.account ?? null,
    mark: secret.mark ?? null,
    facts: secret.facts ?? {},
    revokedAt: null,
    firstUseAt: null,
    accepted: null,
    team,
    users: usersIn(team),
    places: data.places ?? 0,
    renews: data.renews ?? null,
    renewedBy: null,
    dutyEvents: [],
    deletions: [],
    entry: idx,
  }
}

const dutyRecord = ({ type, data, secret, at, idx }: StoredEvent): Fields => ({
  kind: data.kind ?? '',
  type: type.replace('duty.', ''),
  at,
  entry: idx,
  evidence: secret.evidence ?? [],
  words: secret.words ?? '',
  by: secret.by ?? null,
})

const askedToDelete = ({ data, at, idx }: StoredEvent): Fields => ({
  id: data.task ?? '',
  cause: data.cause ?? '',
  because: data.because ?? idx,
  units: data.units ?? null,
  askedAt: at,
  withinDays: data.withinDays ?? 0,
  attestedAt: null,
  evidence: [],
  entry: idx,
})

const attested = (doc: Fields, { data, secret, at }: StoredEvent): Fields => ({
  ...doc,
  deletions: list(doc.deletions)
    .map(fieldsOf)
    .map((one) =>
      one.id === data.task && one.attestedAt === null
        ? { ...one, attestedAt: at, evidence: secret.evidence ?? [] }
        : one,
    ),
})

const changed = (doc: Fields, event: StoredEvent): Fields => {
  const { type, data, at, idx } = event
  switch (type) {
    case 'grant.revoked':
      return { ...doc, revokedAt: doc.revokedAt ?? at }
    case 'download.authorised':
      return { ...doc, firstUseAt: doc.firstUseAt ?? at }
    case 'licence.accepted': {
      const accepted = { licence: data.licence ?? '', version: data.version ?? 0, at, entry: idx }
      return { ...doc, duties: data.duties ?? [], accepted }
    }
    case 'team.named':
    case 'team.accepted':
    case 'team.left':
      return changedTeam(doc, event)
    case 'deletion.asked':
      return { ...doc, deletions: [...list(doc.deletions), askedToDelete(event)] }
    case 'deletion.attested':
      return attested(doc, event)
    case 'duty.submitted':
    case 'duty.accepted':
    case 'duty.returned':
    case 'duty.waived':
      return { ...doc, dutyEvents: [...list(doc.dutyEvents), dutyRecord(event)] }
    default:
      return doc
  }
}

/** Grants with their live state. */
const grants: Projection = {
  name: 'grants',
  // Of all downloads only the first changes a grant: duties count from it.
  ids: ({ type, stream, data }) => {
    if (type === 'grant.issued' && typeof data.renews === 'string')
      return [textIn(data.grant), data.renews]
    return stream.startsWith('grant/') || (type === 'download.authorised' && data.first === true)
      ? [textIn(data.grant)]
      : []
  },
  fold: (doc, event, id) => {
    if (event.type !== 'grant.issued') return doc && changed(doc, event)
    const { renews, grant } = event.data
    if (renews !== id) return issued(event)
    return doc && { ...doc, renewedBy: grant ?? null }
  },
}

/** A grant as its own events tell it; that another has taken its place is told in the stream of that one. */
export const grantIn = (history: readonly StoredEvent[]): Omit<Grant, 'id'> | null =>
  foldHistory(grants, history) as unknown as Omit<Grant, 'id'> | null

/** Every hand-over of bytes, by the log index that authorised it. */
const downloads: Projection = {
  name: 'downloads',
  ids: ({ type, idx, data }) => {
    if (type === 'download.authorised') return [`x${idx}`]
    return type === 'download.completed' ? [`x${String(data.authorised)}`] : []
  },
  fold: (doc, { type, data, at, idx }) =>
    type === 'download.completed'
      ? doc && { ...doc, bytes: data.bytes ?? null }
      : { member: null, ...data, at, bytes: null, entry: idx },
}

export const projections: readonly Projection[] = [requests, grants, downloads, delegations]
