import { canonicalJson } from '../../../policies/index.ts'
import type { Fields, StoredEvent } from './event.ts'
import type { Finding } from './finding.ts'
import type { Projection } from './projection.ts'
import type { Projected, ProjectionStore } from './store.ts'

/** Lays stored projections beside what the events lead to, in one walk over the events. */
export interface ProjectionCheck {
  /** Takes every event, by `idx`. */
  take(event: StoredEvent): void
  /** To be asked after the last event. */
  result(): { readonly count: number; readonly findings: readonly Finding[] }
}

/** A document as the walk has seen it. */
interface Seen {
  doc: Fields | null
  /** Whether it had to be stored once: a registry may still be about to fold its newest events. */
  due: boolean
  /** What is known of the stored document: it fits at the event it was folded up to, and is not behind. */
  fits: boolean
  behind: boolean
}

interface Side {
  readonly projection: Projection
  readonly stored: ReadonlyMap<string, Projected>
  readonly seen: Map<string, Seen>
}

/** Somebody with the database in hand may have put anything there. */
const sameJson = (a: unknown, b: unknown): boolean => {
  try {
    return canonicalJson(a) === canonicalJson(b)
  } catch {
    return false
  }
}

const wrong = (name: string, id: string, message: string): Finding => ({
  kind: 'projection',
  stream: `${name}/${id}`,
  message: `${name} ${id} ${message}: run "npm run rebuild"`,
})

const foldInto = ({ projection, stored, seen }: Side, event: StoredEvent, cursor: number): void => {
  for (const id of new Set(projection.ids(event))) {
    const one = seen.get(id) ?? { doc: null, due: false, fits: false, behind: false }
    seen.set(id, one)
    one.doc = projection.fold(one.doc, event, id)
    one.due ||= event.idx < cursor
    const mine = stored.get(id)
    if (!mine) continue
    if (mine.foldedIdx === event.idx) one.fits = sameJson(mine.doc, one.doc)
    if (event.idx > mine.foldedIdx && event.idx < cursor) one.behind = true
  }
}

const compare = ({ projection: { name }, stored, seen }: Side): readonly Finding[] => {
  const findings: Finding[] = []
  for (const id of stored.keys()) {
    const one = seen.get(id)
    if (!one) findings.push(wrong(name, id, 'follows from no event'))
    else if (one.behind) findings.push(wrong(name, id, 'lacks what has happened since'))
    else if (!one.fits) findings.push(wrong(name, id, 'is not what the events lead to'))
  }
  for (const [id, { doc, due }] of seen)
    if (doc && due && !stored.has(id)) findings.push(wrong(name, id, 'is not stored'))
  return findings
}

const loadSide = async (store: ProjectionStore, projection: Projection): Promise<Side> => ({
  projection,
  stored: await store.all(projection.name),
  seen: new Map(),
})

/**
 * Checks stored projections against the events, without changing either. The door, the pages and the
 * register read projections: an edit there is as good as one in the log until somebody compares.
 */
export const createProjectionCheck = async (
  store: ProjectionStore,
  projections: readonly Projection[],
): Promise<ProjectionCheck> => {
  const names = projections.map(({ name }) => name)
  // Before the documents: a registry that is running folds on meanwhile.
  const cursor = names.length > 0 ? await store.cursor(names) : 0
  const sides: Side[] = []
  for (const projection of projections) sides.push(await loadSide(store, projection))
  return {
    take: (event) => {
      for (const side of sides) foldInto(side, event, cursor)
    },
    result: () => ({
      count: sides.reduce((sum, { stored }) => sum + stored.size, 0),
      findings: sides.flatMap(compare),
    }),
  }
}
