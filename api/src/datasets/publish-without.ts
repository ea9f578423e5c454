import type { Decided, Log, StoredEvent } from '../log/index.ts'
import type { Dataset, Manifest, Version } from './dataset.ts'
import { type Documents, documentDigest } from './documents.ts'
import { parseManifest } from './parse-documents.ts'
import { parseVersion } from './semantic-version.ts'
import type { DatasetStore } from './store.ts'

export interface WithoutDeps {
  readonly log: Log
  readonly store: DatasetStore
  readonly documents: Documents
}

/**
 * The next patch of the version that is narrowed: what is about to be published under a later minor
 * number stays the later one.
 */
const nextNumber = (history: readonly StoredEvent[], narrowed: string): string => {
  const [major, minor, least] = parseVersion(narrowed)?.core ?? [0, 0, 0]
  const patches = history
    .filter(({ type }) => type === 'version.assembled')
    .map(({ data }) => parseVersion(String(data.version))?.core ?? [0, 0, 0])
    .filter((core) => core[0] === major && core[1] === minor)
    .map((core) => core[2])
  return `${major}.${minor}.${Math.max(least, ...patches) + 1}`
}

/** Digests of all units of these contributions that are destroyed while no other one has them live. */
const goneFrom = async (store: DatasetStore, version: Version): Promise<ReadonlySet<string>> => {
  const all = await store.contributions(version.contributions)
  const erased = all.flatMap((one) => (one.erased ?? []).map(({ sha256 }) => sha256))
  const withdrawn = new Set(all.flatMap((one) => one.withdrawn ?? []))
  const kept = all.flatMap((one) =>
    one.files
      .map(({ sha256 }) => sha256)
      .filter((sha256) => !(one.withdrawn ?? []).includes(sha256)),
  )
  const live = new Set(kept)
  return new Set(erased.filter((sha256) => withdrawn.has(sha256) && !live.has(sha256)))
}

const assemble = async (
  { log, documents, store }: WithoutDeps,
  version: Version,
  left: Manifest['files'],
): Promise<StoredEvent | null> => {
  const stream = `dataset/${version.dataset}`
  const number = nextNumber(await log.stream(stream), version.version)
  const manifest = {
    dataset: version.dataset,
    version: number,
    files: left,
    ...(version.parents.length > 0 ? { parents: version.parents } : {}),
  }
  await documents.put(manifest)
  const all = await store.contributions(version.contributions)
  const data = {
    dataset: version.dataset,
    version: number,
    manifestDigest: documentDigest(manifest),
    statementDigest: version.statementDigest,
    licence: version.licence,
    contributions: all.filter(({ state }) => state !== 'withdrawn').map(({ id }) => id),
    ...(version.parents.length > 0 ? { parents: version.parents.map((one) => ({ ...one })) } : {}),
    narrows: version.version,
    ...(version.community ? { community: version.community } : {}),
  }
  const digest = documentDigest(left)
  const made = await log.command(
    stream,
    `narrow:${version.dataset}:${version.version}:${digest}`,
    // Somebody else has given this number away meanwhile: the next round takes another.
    (history): Decided | { ok: false; code: string; message: string } =>
      nextNumber(history, version.version) === number
        ? { type: 'version.assembled', data }
        : { ok: false, code: 'VERSION_TAKEN', message: 'Another version came between.' },
  )
  return made.ok ? made.event : null
}

/** Under the same licence and on the same rung: what was decided for more holds for less. */
const publish = async (
  { log }: WithoutDeps,
  dataset: Dataset,
  version: Version,
  event: StoredEvent,
) =>
  log.append({
    stream: `dataset/${dataset.id}`,
    type: 'version.published',
    cmd: `narrowed:${event.idx}`,
    data: {
      dataset: dataset.id,
      version: event.data.version ?? '',
      manifestDigest: event.data.manifestDigest ?? '',
      statementDigest: version.statementDigest,
      licence: version.licence,
      stage: dataset.stage,
      embargoUntil: dataset.embargoUntil,
      narrows: version.version,
      basis: version.proposal,
    },
  })

/**
 * Publishes the newest version of a dataset anew without the units that are destroyed. It needs no
 * vote: nothing is in it that was not voted for, and nobody may vote to keep them. Does nothing when
 * no unit is gone or nothing would be left.
 */
export const publishWithout = async (deps: WithoutDeps, id: string): Promise<void> => {
  const dataset = await deps.store.dataset(id)
  if (!dataset?.newest || dataset.takenDownAt) return
  const version = await deps.store.version(id, dataset.newest)
  if (!version) return
  const gone = await goneFrom(deps.store, version)
  const manifest = parseManifest(await deps.documents.get(version.manifestDigest))
  const left = (manifest?.files ?? []).filter(({ sha256 }) => !gone.has(sha256))
  if (left.length === 0 || left.length === manifest?.files.length) return
  const made = await assemble(deps, version, left)
  if (made) await publish(deps, dataset, version, made)
}
