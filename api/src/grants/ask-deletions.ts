import { z } from 'zod'
import type { Datasets, GoneForGood } from '../datasets/datasets.ts'
import { notFound, refuse } from '../errors.ts'
import { idFrom } from '../ids.ts'
import type { Log } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { DELETE_WITHIN_DAYS } from './deletions.ts'
import { descendantsOf } from './descendants.ts'
import type { Grant, GrantResult } from './grants.ts'
import type { GrantStore } from './store.ts'

export interface DeletionDeps {
  readonly log: Log
  readonly store: GrantStore
  readonly datasets: Pick<Datasets, 'goneForGood' | 'derivedFrom' | 'datasets' | 'visibleTo'>
}

/** The dataset and all that was made from it, further on too: copies of a unit may be in each. */
const withDescendants = async (
  { datasets }: DeletionDeps,
  dataset: string,
): Promise<readonly string[]> => {
  const made = await descendantsOf(datasets, dataset)
  return [...new Set([dataset, ...made.map((one) => one.dataset)])]
}

/** Grants under which any of it was handed over, each with what it was; null: all of it. */
const handedOut = async (
  { store }: DeletionDeps,
  { units }: GoneForGood,
  grants: readonly Grant[],
): Promise<ReadonlyMap<Grant, readonly string[] | null>> => {
  if (units === null) return new Map(grants.map((grant) => [grant, null]))
  const ids = grants.map(({ id }) => id)
  const had = await store.handedOver(ids, units)
  const of = ({ id }: Grant) => had.filter(({ grant }) => grant === id).map(({ sha256 }) => sha256)
  return new Map(grants.map((grant) => [grant, of(grant)] as const).filter(([, own]) => own.length))
}

/** Somebody has had bytes under it before they were gone, and was not asked yet. */
const hasToDelete = ({ firstUseAt, deletions }: Grant, { at, entry }: GoneForGood): boolean =>
  firstUseAt !== null && firstUseAt <= at && !deletions.some(({ because }) => because === entry)

const askHolder = async (
  { log }: DeletionDeps,
  gone: GoneForGood,
  [grant, units]: readonly [Grant, readonly string[] | null],
): Promise<void> => {
  const cmd = `deletion:${grant.id}:${gone.entry}`
  await log.append({
    stream: `grant/${grant.id}`,
    type: 'deletion.asked',
    cmd,
    data: {
      grant: grant.id,
      dataset: grant.dataset,
      version: grant.version,
      task: idFrom('k', cmd),
      cause: gone.units === null ? 'takedown' : 'withdrawal',
      because: gone.entry,
      units: units === null ? null : [...units],
      withinDays: DELETE_WITHIN_DAYS,
    },
  })
}

/**
 * Asks whoever has had what is gone for good to delete it and to say so. Asked again after a crash it
 * asks nobody twice. Call it at every tick and at start.
 */
export const createDeletionAsker = (deps: DeletionDeps): (() => Promise<void>) => {
  const done = new Set<number>()
  return async () => {
    for (const gone of await deps.datasets.goneForGood()) {
      if (done.has(gone.entry)) continue
      const datasets = gone.units ? await withDescendants(deps, gone.dataset) : [gone.dataset]
      const holders = await deps.store.grantsOn(datasets)
      const asked = holders.filter((grant) => hasToDelete(grant, gone))
      for (const one of await handedOut(deps, gone, asked)) await askHolder(deps, gone, one)
      done.add(gone.entry)
    }
  }
}

const attestation = z.object({
  grant: z.string().max(64),
  task: z.string().max(64),
  deleted: z.string().trim().min(1, 'Say from where you have deleted it.').max(4000),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Give the day, such as 2026-01-31.'),
  models: z.string().trim().max(4000).nullish(),
})

const DAY = 86_400_000

/** It is evidence: a day of the calendar that has begun somewhere on earth. */
const hasBegun = (date: string, now: number): boolean => {
  const day = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date) && +day <= now + DAY
}

/** The holder states that every copy is deleted, and what becomes of models trained with it. */
export const attestDeletion = async (
  { log, store }: Pick<DeletionDeps, 'log' | 'store'>,
  actor: Actor,
  input: unknown,
): Promise<GrantResult> => {
  const read = parse(attestation, input)
  if (!read.ok) return read
  const { grant: id, task, deleted, date, models } = read.value
  if (!hasBegun(date, log.now()))
    return refuse('BAD_INPUT', 'Give the day on which it was deleted; it cannot lie ahead.', {
      field: 'date',
    })
  const held = await store.grant(id)
  if (!held || held.account !== actor.account.id) return notFound('grant')
  const asked = held.deletions.find((one) => one.id === task)
  if (!asked) return refuse('NO_SUCH_TASK', 'Nothing of this kind was asked.', { field: 'task' })
  const lines = { deleted, date, ...(models ? { models } : {}) }
  const evidence = Object.entries(lines).map(([field, text]) => ({ field, text }))
  // Said twice, it was said the first time.
  await log.append({
    stream: `grant/${id}`,
    type: 'deletion.attested',
    cmd: `attest:${task}`,
    data: { grant: id, task },
    secret: { evidence },
  })
  const again = await store.grant(id)
  return again ? { ok: true, grant: again } : notFound('grant')
}
