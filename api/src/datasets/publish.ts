import type { ChangeCustody, PublishVersion, RatifySuspension } from '../governance/effect.ts'
import type { EnactedDecision } from '../governance/governance.ts'
import { type Decided, type Fields, type Log, type StoredEvent, textIn } from '../log/index.ts'
import { handOver } from './custody.ts'
import type { DatasetExecutors } from './datasets.ts'
import { type Documents, documentDigest } from './documents.ts'
import { completeJoint, type JointDeps, type KeepersEffect, shareOf } from './jointly.ts'
import { parseManifest } from './parse-documents.ts'

interface ExecutorDeps extends JointDeps {
  readonly log: Log
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

const changeOf = (effect: ChangeCustody, community: string): Decided => {
  const { kind: _, jointly: __, step, ...what } = effect
  const type = { join: 'custody.joined', leave: 'custody.left', end: 'custody.ended' }[step]
  return { type, data: { ...what, decidedBy: community } }
}

/** What happens once all who keep the dataset have agreed. */
const happening = (effect: KeepersEffect, community: string): Decided => {
  switch (effect.kind) {
    case 'dataset.publish': {
      const { kind: _, jointly: __, ...terms } = effect
      return { type: 'version.published', data: terms }
    }
    case 'dataset.reopen':
      return { type: 'dataset.reopened', data: { dataset: effect.dataset } }
    case 'data.takedown':
      return { type: 'dataset.takendown', data: { dataset: effect.dataset } }
    case 'dataset.fingerprint': {
      const type = effect.on ? 'fingerprint.started' : 'fingerprint.ended'
      return { type, data: { dataset: effect.dataset } }
    }
    case 'dataset.custody':
      return changeOf(effect, community)
  }
}

/** A place given up by the community that answers for the dataset first passes on to another. */
const withHandOver = ({ type, data }: Decided, history: readonly StoredEvent[]): Decided =>
  type === 'custody.left'
    ? { type, data: { ...data, ...handOver(history, textIn(data.community)) } }
    : { type, data }

/** Records one community's yes; the last that was awaited brings the effect about, in one event. */
const decide = async (
  deps: ExecutorDeps,
  decision: EnactedDecision<KeepersEffect>,
): Promise<StoredEvent> => {
  const { effect, effectId, proposal } = decision
  if (effect.kind === 'dataset.publish') await assertUnchanged(deps, effect)
  await completeJoint(deps, proposal)
  const { type, data } = happening(effect, proposal.community)
  const joint: Fields = effect.jointly ? { joint: effect.jointly.id } : {}
  const event: Decided = { type, data: { ...data, ...joint, proposal: proposal.id } }
  const done = await deps.log.command(
    `dataset/${effect.dataset}`,
    effectId,
    (history) => shareOf(history, decision) ?? withHandOver(event, history),
  )
  if (done.ok) return done.event
  throw new Error(`proposal ${proposal.id} could not be carried out: ${done.code}`)
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

/** How enacted decisions about datasets are carried out: each appends one event, once. */
export const datasetExecutors = (deps: ExecutorDeps): DatasetExecutors => {
  const decided = (decision: EnactedDecision<KeepersEffect>) => decide(deps, decision)
  return {
    'dataset.publish': decided,
    'dataset.ratify': ratify(deps),
    'dataset.reopen': decided,
    'data.takedown': decided,
    'dataset.custody': decided,
    'dataset.fingerprint': decided,
  }
}
