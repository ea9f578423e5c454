import type { NoteKey } from '../../../policies/index.ts'
import { type Audit, allEvents, auditStore, hearing } from './audit.ts'
import { createProjectionCheck } from './check-projections.ts'
import type { Finding } from './finding.ts'
import type { Projection } from './projection.ts'
import type { PublicFiles } from './public-entries.ts'
import type { CheckpointStore, EventStore, ProjectionStore } from './store.ts'

export interface MonitorDeps {
  readonly store: EventStore
  readonly checkpoints: CheckpointStore
  readonly tiles: PublicFiles
  readonly keys: readonly NoteKey[]
  readonly clock: () => number
  readonly projected: ProjectionStore
  readonly projections: readonly Projection[]
}

/** An event that waits longer than this for a checkpoint is a fault of the signer. */
const LONGEST_WAIT = 10_000

const checkWait = async (
  { store, clock }: MonitorDeps,
  size: number,
): Promise<readonly Finding[]> => {
  const [waiting] = await store.read(size, 1)
  const wait = waiting ? clock() - waiting.at : 0
  if (!waiting || wait <= LONGEST_WAIT) return []
  const { idx, stream } = waiting
  const message = `event ${idx} (${stream}) has waited ${Math.round(wait / 1000)} s for a checkpoint`
  return [{ kind: 'late', idx, stream, message }]
}

/** Recomputes the whole log beside the running one: what `verify` finds, and whether signing keeps up. */
export const monitor = async (deps: MonitorDeps): Promise<Audit> => {
  const { store, checkpoints, tiles, keys, projected, projections } = deps
  const check = await createProjectionCheck(projected, projections)
  const events = hearing(allEvents(store), check.take)
  const audit = await auditStore(events, await checkpoints.all(), tiles, { keys })
  const late = await checkWait(deps, audit.size)
  return { ...audit, findings: [...audit.findings, ...check.result().findings, ...late] }
}
