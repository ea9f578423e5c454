import {
  type Fields,
  type Json,
  type Projection,
  type StoredEvent,
  textIn,
  toFields,
} from '../log/index.ts'
import { custodyIn, foldKept, keepersOf } from './custody.ts'
import { versionKey } from './dataset.ts'
import { compareVersions, parseVersion } from './semantic-version.ts'
import { firstErasure, waitingAfter } from './waiting-units.ts'

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const created = ({ at, data, secret }: StoredEvent): Fields => ({
  community: data.community ?? '',
  title: secret.title ?? '',
  description: secret.description ?? '',
  kind: secret.kind ?? '',
  languages: secret.languages ?? [],
  keywords: secret.keywords ?? [],
  creator: secret.creator ?? null,
  createdAt: at,
  newest: null,
  stage: 0,
  embargoUntil: null,
  licence: null,
  publishedAt: null,
  suspension: null,
  isSuspended: false,
})

/** A vote on an older version that ends late must not take the dataset back to it. */
const isOlder = (version: string, newest: string): boolean => {
  const [a, b] = [parseVersion(version), parseVersion(newest)]
  return a !== null && b !== null && compareVersions(a, b) < 0
}

const published = (doc: Fields, { at, data }: StoredEvent): Fields => {
  if (isOlder(textIn(data.version), textIn(doc.newest))) return doc
  return {
    ...doc,
    newest: data.version ?? null,
    stage: data.stage ?? 0,
    // What this version has not keeps the rung it was given before.
    ...(isFields(data.artefacts)
      ? { artefacts: { ...(isFields(doc.artefacts) ? doc.artefacts : {}), ...data.artefacts } }
      : {}),
    embargoUntil: data.embargoUntil ?? null,
    licence: data.licence ?? null,
    publishedAt: at,
  }
}

const suspended = ({ at, idx, data, secret }: StoredEvent): Fields => ({
  isSuspended: true,
  suspension: {
    since: at,
    ratifyBy: data.ratifyBy ?? at,
    ratified: false,
    reason: secret.reason ?? '',
    by: secret.by ?? null,
    community: data.community ?? null,
    entry: idx,
  },
})

/** Closed like a suspended dataset, by a vote and for good. */
const takenDown = ({ at, idx, data }: StoredEvent): Fields => ({
  isSuspended: true,
  suspension: {
    since: at,
    ratifyBy: at,
    ratified: true,
    reason: 'Taken down by a vote.',
    by: null,
    entry: idx,
  },
  takenDownAt: at,
  takenDownBy: data.proposal ?? null,
})

/** A ballot about an earlier suspension says nothing about this one. */
const ratified = (doc: Fields, { data }: StoredEvent): Fields => {
  const { suspension } = doc
  if (!isFields(suspension) || suspension.since !== data.since) return doc
  return { ...doc, suspension: { ...suspension, ratified: true } }
}

/** Who keeps it, and for those who look for what a community keeps, a list of them. */
const kept = (doc: Fields, event: StoredEvent): Fields => {
  const before = textIn(doc.community)
  const now = foldKept({ community: before, custody: custodyIn(doc) }, event)
  const madeBy: Fields = now.community === before ? {} : { madeBy: doc.madeBy ?? before }
  return {
    ...doc,
    ...madeBy,
    community: now.community,
    custody: toFields(now.custody),
    keepers: keepersOf(now),
  }
}

/** What a dataset is and how far it is open. */
const datasets: Projection = {
  name: 'datasets',
  ids: ({ type, data }) => (OF_DATASET.has(type) ? [textIn(data.dataset)] : []),
  fold: (doc, event) => {
    if (event.type === 'dataset.created') return created(event)
    if (doc === null) return null
    if (event.type === 'version.published') return published(doc, event)
    if (event.type.startsWith('custody.')) return kept(doc, event)
    if (event.type === 'dataset.takendown') return { ...doc, ...takenDown(event) }
    // What was taken down stays closed, whatever earlier votes still bring.
    if (typeof doc.takenDownAt === 'number') return doc
    if (event.type.startsWith('fingerprint.'))
      return { ...doc, fingerprint: event.type === 'fingerprint.started' }
    if (event.type === 'dataset.suspended') return { ...doc, ...suspended(event) }
    if (event.type === 'suspension.ratified') return ratified(doc, event)
    return { ...doc, suspension: null, isSuspended: false }
  },
}

const OF_DATASET = new Set([
  'dataset.created',
  'version.published',
  'dataset.suspended',
  'suspension.ratified',
  'dataset.reopened',
  'fingerprint.started',
  'fingerprint.ended',
  'dataset.takendown',
  'custody.joined',
  'custody.left',
  'custody.ended',
])

const assembled = ({ at, idx, data }: StoredEvent): Fields => ({
  dataset: data.dataset ?? '',
  version: data.version ?? '',
  manifestDigest: data.manifestDigest ?? '',
  statementDigest: data.statementDigest ?? '',
  licence: data.licence ?? '',
  contributions: data.contributions ?? [],
  parents: data.parents ?? [],
  assembledAt: at,
  assembledIdx: idx,
  publishedAt: null,
  proposal: null,
  narrows: data.narrows ?? null,
  ...(data.community ? { community: data.community } : {}),
})

/** Versions by dataset and number, drafts too. A later vote on the rung leaves the first date. */
const versions: Projection = {
  name: 'versions',
  ids: ({ type, data }) =>
    type === 'version.assembled' || type === 'version.published'
      ? [versionKey(textIn(data.dataset), textIn(data.version))]
      : [],
  fold: (doc, event) => {
    if (event.type === 'version.assembled') return assembled(event)
    if (doc === null) return null
    const { at, data } = event
    return {
      ...doc,
      publishedAt: doc.publishedAt ?? at,
      proposal: doc.proposal ?? data.proposal ?? data.basis ?? null,
    }
  },
}

const texts = (value: Json | undefined): readonly string[] => list(value).map(textIn)

const made = ({ at, idx, data, secret }: StoredEvent): Fields => {
  const paths = list(secret.paths)
  const speakers = list(secret.units)
  return {
    dataset: data.dataset ?? '',
    community: data.community ?? '',
    contributor: secret.contributor ?? null,
    files: list(data.files)
      .filter(isFields)
      .map((file, i) => ({ ...file, path: textIn(paths[i]), speakers: speakers[i] ?? [] })),
    consent: secret.consent ?? null,
    consentDigest: data.consentDigest ?? '',
    quality: secret.quality ?? null,
    speakers: secret.speakers ?? [],
    witnessed: [],
    at,
    state: 'received',
    included: false,
    withdrawn: [],
    hasWithdrawn: false,
    waiting: [],
    eraseAt: null,
    erased: [],
    entry: idx,
  }
}

const digestsIn = (doc: Fields): readonly string[] =>
  list(doc.files)
    .filter(isFields)
    .map(({ sha256 }) => textIn(sha256))

/** The contribution once these of its units are taken back. */
const without = (doc: Fields, withdrawn: readonly string[]): Fields => {
  const all = digestsIn(doc).every((sha256) => withdrawn.includes(sha256))
  const before = doc.included === true ? 'included' : 'received'
  return {
    ...doc,
    withdrawn: [...new Set(withdrawn)],
    hasWithdrawn: withdrawn.length > 0,
    state: all ? 'withdrawn' : before,
  }
}

/** The contribution with what of it waits to be destroyed after this event. */
const waitingIn = (doc: Fields, event: StoredEvent): Fields => {
  const before = list(doc.waiting)
    .filter(isFields)
    .map(({ sha256, eraseAt }) => ({ sha256: textIn(sha256), eraseAt: Number(eraseAt) }))
  const waiting = waitingAfter(before, event)
  return { ...doc, waiting: waiting.map((one) => ({ ...one })), eraseAt: firstErasure(waiting) }
}

const takenBack = (doc: Fields, event: StoredEvent): Fields => {
  const { units: named } = event.data
  const units = Array.isArray(named) ? texts(named) : digestsIn(doc)
  return without(waitingIn(doc, event), [...texts(doc.withdrawn), ...units])
}

const restored = (doc: Fields, event: StoredEvent): Fields => {
  const back = new Set(texts(event.data.units))
  const left = texts(doc.withdrawn).filter((sha256) => !back.has(sha256))
  return without(waitingIn(doc, event), left)
}

const destroyed = (doc: Fields, event: StoredEvent): Fields => {
  const { at, idx, data } = event
  const gone = texts(data.units).map((sha256) => ({ sha256, at, entry: idx }))
  return { ...waitingIn(doc, event), erased: [...list(doc.erased), ...gone] }
}

const seenBySteward = (doc: Fields, { data }: StoredEvent): Fields => ({
  ...doc,
  witnessed: [...new Set([...texts(doc.witnessed), textIn(data.speaker)])],
})

const OF_CONTRIBUTION: Readonly<Record<string, (doc: Fields, event: StoredEvent) => Fields>> = {
  'contribution.withdrawn': takenBack,
  'contribution.restored': restored,
  'contribution.erased': destroyed,
  'consent.witnessed': seenBySteward,
  'version.assembled': (doc) => without({ ...doc, included: true }, texts(doc.withdrawn)),
}

/** What came in, under which consents, and what became of it. */
const contributions: Projection = {
  name: 'contributions',
  ids: ({ type, data }) => {
    if (type === 'version.assembled') return list(data.contributions).map(textIn)
    const ours = type === 'contribution.made' || Object.hasOwn(OF_CONTRIBUTION, type)
    return ours ? [textIn(data.contribution)] : []
  },
  fold: (doc, event) => {
    if (event.type === 'contribution.made') return made(event)
    if (doc === null) return null
    return OF_CONTRIBUTION[event.type]?.(doc, event) ?? doc
  },
}

/** Which dataset a proposal is about. */
const datasetProposals: Projection = {
  name: 'datasetProposals',
  ids: ({ type, data }) =>
    type === 'proposal.made' && isFields(data.effect) && typeof data.effect.dataset === 'string'
      ? [textIn(data.proposal)]
      : [],
  fold: (_, { idx, data }) => {
    const effect = isFields(data.effect) ? data.effect : {}
    const about = { dataset: effect.dataset ?? '', kind: effect.kind ?? '', idx }
    if (!isFields(effect.jointly)) return about
    const { id = null, communities = [] } = effect.jointly
    return { ...about, joint: id, asks: list(communities).length, community: data.community ?? '' }
  },
}

export const projections: readonly Projection[] = [
  datasets,
  versions,
  contributions,
  datasetProposals,
]
