import { canonicalJson } from '../../../policies/index.ts'
import type { Fields, StoredEvent } from './event.ts'
import { createFollower } from './follower.ts'
import type { Projection } from './projection.ts'
import type { EventStore, ProjectionStore } from './store.ts'

/** A stored document that is not what the events lead to. */
export interface Drift {
  readonly name: string
  readonly id: string
  readonly kind: 'missing' | 'extra' | 'different'
}

type Folded = Map<string, Fields>

const foldInto = (folded: Folded, { ids, fold }: Projection, event: StoredEvent): void => {
  for (const id of new Set(ids(event))) {
    const doc = fold(folded.get(id) ?? null, event, id)
    if (doc) folded.set(id, doc)
    else folded.delete(id)
  }
}

const foldAll = async (events: EventStore, projection: Projection): Promise<Folded> => {
  const folded: Folded = new Map()
  const size = ((await events.last())?.idx ?? -1) + 1
  const follower = createFollower(events, 0, async (batch) => {
    for (const event of batch) foldInto(folded, projection, event)
  })
  await follower.reach(size)
  return folded
}

const compare = (name: string, expected: Folded, stored: Folded): readonly Drift[] => {
  const drift: Drift[] = []
  for (const [id, doc] of expected) {
    const other = stored.get(id)
    if (!other) drift.push({ name, id, kind: 'missing' })
    else if (canonicalJson(other) !== canonicalJson(doc))
      drift.push({ name, id, kind: 'different' })
  }
  const extra = [...stored.keys()].filter((id) => !expected.has(id))
  return [...drift, ...extra.map((id): Drift => ({ name, id, kind: 'extra' }))]
}

/** Folds all events in memory and names each stored document that differs. Changes nothing. */
export const compareProjections = async (
  events: EventStore,
  store: ProjectionStore,
  projections: readonly Projection[],
): Promise<readonly Drift[]> => {
  const drift: Drift[] = []
  for (const projection of projections) {
    const folded = await foldAll(events, projection)
    const stored = await store.dump(projection.name)
    const docs = new Map(stored.map(({ _id, ...doc }): [string, Fields] => [_id, doc]))
    drift.push(...compare(projection.name, folded, docs))
  }
  return drift
}
