import type { Fields, StoredEvent } from './event.ts'
import type { Projection, Projector } from './projection.ts'
import type { Projected, ProjectionChange, ProjectionStore } from './store.ts'

/** Two processes that fold the same events meet at most once a document: this many times is a fault. */
const MAX_TRIES = 20
/** Events that are folded again after a crash at most, which changes nothing but costs a moment. */
const CURSOR_EVERY = 256

/** The events of a batch that touch each document, in order. */
const groupByDocument = (
  projection: Projection,
  events: readonly StoredEvent[],
): ReadonlyMap<string, readonly StoredEvent[]> => {
  const groups = new Map<string, StoredEvent[]>()
  for (const event of events)
    for (const id of new Set(projection.ids(event))) {
      const group = groups.get(id)
      if (group) group.push(event)
      else groups.set(id, [event])
    }
  return groups
}

const foldOne = (
  projection: Projection,
  doc: Fields | null,
  event: StoredEvent,
  id: string,
): Fields | null => {
  try {
    return projection.fold(doc, event, id)
  } catch (cause) {
    const place = `event ${event.idx} (${event.type}) into ${projection.name} ${id}`
    throw new Error(`cannot fold ${place}`, { cause })
  }
}

/** The document after the events it has not seen; null when it has seen them all. */
const change = (
  projection: Projection,
  id: string,
  events: readonly StoredEvent[],
  before: Projected | undefined,
): ProjectionChange | null => {
  const fresh = events.filter(({ idx }) => idx > (before?.foldedIdx ?? -1))
  const last = fresh.at(-1)
  if (!last) return null
  const doc = fresh.reduce((now, event) => foldOne(projection, now, event, id), before?.doc ?? null)
  return { id, doc, foldedIdx: last.idx, before: before ?? null }
}

const foldProjection = async (
  store: ProjectionStore,
  projection: Projection,
  events: readonly StoredEvent[],
): Promise<void> => {
  const groups = groupByDocument(projection, events)
  const ids = [...groups.keys()]
  for (let tries = 0; tries < MAX_TRIES && ids.length > 0; tries++) {
    const before = await store.load(projection.name, ids)
    const changes = ids
      .map((id) => change(projection, id, groups.get(id) ?? [], before.get(id)))
      .filter((one) => one !== null)
    if (changes.length === 0 || (await store.save(projection.name, changes))) return
  }
  if (ids.length > 0) throw new Error(`projection ${projection.name} cannot be saved: ${ids[0]}`)
}

/**
 * Folds events into stored documents. Each document remembers the last event folded into it and is
 * written by compare-and-set on that, so folding twice, after a crash or in two processes at once
 * gives the same documents as folding once.
 */
export const createProjector = (
  store: ProjectionStore,
  projections: readonly Projection[],
): Projector => {
  const names = projections.map(({ name }) => name)
  let saved = 0
  let folded = 0
  return {
    cursor: async () => {
      saved = names.length > 0 ? await store.cursor(names) : 0
      folded = saved
      return saved
    },
    fold: async (events) => {
      const next = (events.at(-1)?.idx ?? -1) + 1
      await Promise.all(projections.map((one) => foldProjection(store, one, events)))
      folded = Math.max(folded, next)
      if (next < saved + CURSOR_EVERY) return
      await store.setCursor(names, next)
      saved = next
    },
    close: async () => {
      if (folded > saved) await store.setCursor(names, folded)
    },
  }
}
