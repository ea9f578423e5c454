import type {
  PublishVersion,
  RatifySuspension,
  ReopenDataset,
  TakeDown,
} from '../governance/effect.ts'
import type { EnactedDecision } from '../governance/governance.ts'
import type { Log, StoredEvent } from '../log/index.ts'
import type { DatasetExecutors } from './datasets.ts'
import { type Documents, documentDigest } from './documents.ts'
import { parseManifest } from './parse-documents.ts'
import type { DatasetStore } from './store.ts'

interface ExecutorDeps {
  readonly log: Log
  readonly store: DatasetStore
  readonly documents: Documents
}

/** What was voted on is what is there: same manifest, statement and licence, and the manifest intact. */
const assertUnchanged = async (deps: ExecutorDeps, effect: PublishVersion): Promise<void> => {
  const version = await deps.store.version(effect.dataset, effect.version)
  const manifest = parseManifest(await deps.documents.get(effect.manifestDigest))
  const same =
    version?.manifestDigest === effect.manifestDigest &&
    version.statementDigest === effect.statementDigest &&
    version.licence === effect.licence &&
    documentDigest(manifest?.parents ?? []) === documentDigest(version.parents) &&
    manifest?.dataset === effect.dataset &&
    manifest.version === effect.version
  if (!same) throw new Error(`${effect.dataset}@${effect.version} is not what was voted on`)
}

const publish =
  (deps: ExecutorDeps) =>
  async ({ effect, effectId, proposal }: EnactedDecision<PublishVersion>): Promise<StoredEvent> => {
    await assertUnchanged(deps, effect)
    const { kind: _, ...terms } = effect
    return deps.log.append({
      stream: `dataset/${effect.dataset}`,
      type: 'version.published',
      cmd: effectId,
      data: { ...terms, proposal: proposal.id },
    })
  }

const ratify =
  ({ log }: ExecutorDeps) =>
  ({ effect, effectId, proposal }: EnactedDecision<RatifySuspension>): Promise<StoredEvent> =>
    log.append({
      stream: `dataset/${effect.dataset}`,
      type: 'suspension.ratified',
      cmd: effectId,
      data: { dataset: effect.dataset, since: effect.since, proposal: proposal.id },
    })

const reopen =
  ({ log }: ExecutorDeps) =>
  ({ effect, effectId, proposal }: EnactedDecision<ReopenDataset>): Promise<StoredEvent> =>
    log.append({
      stream: `dataset/${effect.dataset}`,
      type: 'dataset.reopened',
      cmd: effectId,
      data: { dataset: effect.dataset, proposal: proposal.id },
    })

const takeDown =
  ({ log }: ExecutorDeps) =>
  ({ effect, effectId, proposal }: EnactedDecision<TakeDown>): Promise<StoredEvent> =>
    log.append({
      stream: `dataset/${effect.dataset}`,
      type: 'dataset.takendown',
      cmd: effectId,
      data: { dataset: effect.dataset, proposal: proposal.id },
    })

/** How enacted decisions about datasets are carried out: each appends one event, once. */
export const datasetExecutors = (deps: ExecutorDeps): DatasetExecutors => ({
  'dataset.publish': publish(deps),
  'dataset.ratify': ratify(deps),
  'dataset.reopen': reopen(deps),
  'data.takedown': takeDown(deps),
})
