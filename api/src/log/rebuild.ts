import { createFollower } from './follower.ts'
import type { Projection } from './projection.ts'
import { createProjector } from './projector.ts'
import type { EventStore, ProjectionStore } from './store.ts'

/** Drops every projection and folds all events anew. Nothing else may write meanwhile. Returns the number of events. */
export const rebuild = async (
  events: EventStore,
  store: ProjectionStore,
  projections: readonly Projection[],
): Promise<number> => {
  await store.drop(projections.map(({ name }) => name))
  const size = ((await events.last())?.idx ?? -1) + 1
  const projector = createProjector(store, projections)
  await createFollower(events, 0, projector.fold).reach(size)
  return size
}
