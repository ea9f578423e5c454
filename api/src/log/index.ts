/** The face of the log: the only file of this folder that other domains import. */
export { type Audit, allEvents, auditStore, hearing } from './audit.ts'
export { createProjectionCheck, type ProjectionCheck } from './check-projections.ts'
export { collectPartials } from './collect-partials.ts'
export { COSIGNED, type Cosigner, createCosigner } from './cosigner.ts'
export { type NoteSigner, noteSigner, verifyEd25519 } from './ed25519.ts'
export type { Decided, Fields, Json, NewEvent, Refusal, StoredEvent } from './event.ts'
export { ConcurrencyError, LeafError, LeafSizeError, textIn, toFields } from './event.ts'
export type { Finding } from './finding.ts'
export type { AppendOptions, CommandResult, InclusionProof, Log, TreeGrowth } from './log.ts'
export { type MonitorDeps, monitor } from './monitor.ts'
export { doomedFiles, neededFiles, noFileNotes, noteFiles } from './needed-files.ts'
export { type LogDeps, openLog } from './open-log.ts'
export { foldHistory, type Projection, type Projector } from './projection.ts'
export { createProjector } from './projector.ts'
export { rebuild } from './rebuild.ts'
export { sha256, textDigest } from './sha256.ts'
export type {
  Checkpoint,
  CheckpointStore,
  EventRecord,
  EventStore,
  Projected,
  ProjectionChange,
  ProjectionStore,
  TileStore,
} from './store.ts'
export { tellCompromised } from './tell-keys.ts'
export { tileFolder } from './tile-folder.ts'
export { parseTilePath, type TileName } from './tile-path.ts'
export { type Verified, verifyPublic } from './verify.ts'
export {
  createWitness,
  type Witness,
  type Witnessed,
  type WitnessStore,
} from './witness.ts'
