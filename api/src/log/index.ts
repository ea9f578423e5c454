/** The face of the log: the only file of this folder that other domains import. */
export type { Decided, Fields, Json, NewEvent, Refusal, StoredEvent } from './event.ts'
export { ConcurrencyError, LeafError } from './event.ts'
export type { AppendOptions, CommandResult, InclusionProof, Log } from './log.ts'
export type { Projection, Projector } from './projection.ts'
export type {
  Checkpoint,
  CheckpointStore,
  EventRecord,
  EventStore,
  ProjectionStore,
  TileStore,
} from './store.ts'
