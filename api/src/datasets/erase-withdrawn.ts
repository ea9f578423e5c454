import type { Log, StoredEvent } from '../log/index.ts'
import { type Contribution, erasedUnits, spentEvidence, stillHolds } from './contribution.ts'
import type { CopyStore } from './copies.ts'
import type { Documents } from './documents.ts'
import type { Files } from './files.ts'
import { publishWithout } from './publish-without.ts'
import type { DatasetStore } from './store.ts'
import type { UploadStore } from './uploads.ts'

export interface EraseDeps {
  readonly log: Log
  readonly store: DatasetStore
  readonly documents: Documents
  readonly files: Pick<Files, 'stat' | 'discard'>
  readonly uploads: Pick<UploadStore, 'finished' | 'remove' | 'many'>
  readonly copies: Pick<CopyStore, 'copiesOf' | 'remove'>
}

const record = (
  { log }: EraseDeps,
  contribution: Contribution,
  eraseAt: number,
): Promise<StoredEvent> => {
  const due = (contribution.waiting ?? []).filter((one) => one.eraseAt <= log.now())
  const units = due.map(({ sha256 }) => sha256)
  const gone = new Set([...erasedUnits(contribution), ...units])
  const evidence = spentEvidence(contribution, gone)
  return log.append({
    stream: `contribution/${contribution.id}`,
    type: 'contribution.erased',
    cmd: `erase:${contribution.id}:${eraseAt}`,
    data: {
      contribution: contribution.id,
      dataset: contribution.dataset,
      units,
      ...(evidence.length > 0 ? { evidence: [...evidence] } : {}),
    },
  })
}

/** Somebody gave these very bytes and has not taken them back. */
const isGiven = async ({ store }: EraseDeps, sha256: string): Promise<boolean> =>
  (await store.contributionsWith(sha256)).some((one) => stillHolds(one, sha256))

/** Destroys what was made of a file for those it was granted to. */
const destroyCopies = async (deps: EraseDeps, of: string): Promise<void> => {
  const { copies, files, uploads } = deps
  for (const { id, sha256 } of await copies.copiesOf(of)) {
    const isUploaded = (await uploads.finished()).some((one) => one.sha256 === sha256)
    if (sha256 !== of && !isUploaded && !(await isGiven(deps, sha256)))
      await files.discard(sha256, Number.POSITIVE_INFINITY)
    await copies.remove(id)
  }
}

/**
 * Forgets what the contributor sent and destroys the bytes, and what showed their consent to them,
 * unless something else still needs them.
 */
const destroy = async (deps: EraseDeps, contribution: Contribution): Promise<void> => {
  const { files, uploads } = deps
  const erased = erasedUnits(contribution)
  for (const sha256 of [...erased, ...spentEvidence(contribution, erased)]) {
    // Nearly always so at a start: only what a crash left is looked for among all uploads.
    if ((await files.stat(sha256)) === null) continue
    const finished = await uploads.finished()
    const named = await uploads.many(
      finished.filter((one) => one.sha256 === sha256).map(({ id }) => id),
    )
    const own = named.filter(({ account }) => account === contribution.contributor)
    for (const { id } of own) await uploads.remove(id)
    // An upload of somebody else keeps them too: what they give is theirs to take back.
    if (named.length > own.length || (await isGiven(deps, sha256))) continue
    // Before the file itself: a crash in between finds that still there, and goes on.
    await destroyCopies(deps, sha256)
    await files.discard(sha256, Number.POSITIVE_INFINITY)
  }
}

/**
 * Destroys what was withdrawn and not taken up again in time, and publishes what is left of each
 * newest version. Every step can be repeated after a crash.
 */
export const eraseWithdrawn = async (deps: EraseDeps): Promise<void> => {
  const datasets = new Set<string>()
  for (const due of await deps.store.toErase(deps.log.now())) {
    await record(deps, due, due.eraseAt ?? 0)
    datasets.add(due.dataset)
    const now = await deps.store.contribution(due.id)
    if (now) await destroy(deps, now)
  }
  for (const dataset of datasets) await publishWithout(deps, dataset)
}

/** Finishes what a crash interrupted between the record and the bytes; call it at start. */
export const finishErasures = async (deps: EraseDeps): Promise<void> => {
  const erased = await deps.store.erased()
  for (const one of erased) await destroy(deps, one)
  for (const dataset of new Set(erased.map(({ dataset: id }) => id)))
    await publishWithout(deps, dataset)
}
