import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Decided, Log, Refusal, StoredEvent } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import { type Contribution, withdrawnUnits } from './contribution.ts'
import type { Receipts } from './receipt.ts'
import type { DatasetStore } from './store.ts'
import { waitingAfter } from './waiting-units.ts'
import { contributing } from './who-may.ts'

export interface WithdrawDeps {
  readonly log: Log
  readonly store: DatasetStore
  readonly receipts: Receipts
}

export type Withdrawal = { readonly ok: true; readonly event: StoredEvent } | Refusal

/** How long a withdrawal can be undone; nothing leaves meanwhile. */
export const CONFIRM_WITHIN = 7 * 24 * 3_600_000

/** The contribution of this account, or none. */
export const ownContribution = async (
  { store }: Pick<WithdrawDeps, 'store'>,
  asking: Actor | null,
  id: string,
): Promise<{ readonly ok: true; readonly contribution: Contribution } | Refusal> => {
  const signedIn = contributing(asking)
  if (!signedIn.ok) return signedIn
  const contribution = await store.contribution(id)
  if (!contribution || contribution.contributor !== signedIn.actor.account.id)
    return notFound('contribution')
  return { ok: true, contribution }
}

/** The contribution a receipt was given for; a wrong secret and one of nothing are answered alike. */
export const receivedContribution = async (
  { store, receipts }: Pick<WithdrawDeps, 'store' | 'receipts'>,
  secret: string,
): Promise<{ readonly ok: true; readonly contribution: Contribution } | Refusal> => {
  const id = receipts.read(secret)
  const contribution = id === null ? null : await store.contribution(id)
  return contribution ? { ok: true, contribution } : notFound('contribution')
}

/** What is to go: all, or what the paths name. */
const unitsOf = (
  { files }: Contribution,
  paths: readonly string[] | null,
): readonly string[] | null => {
  if (paths === null) return files.map(({ sha256 }) => sha256)
  const named = files.filter(({ path }) => paths.includes(path))
  return named.length === new Set(paths).size ? named.map(({ sha256 }) => sha256) : null
}

/**
 * Takes units back: at once they leave with no version and enter none, and after the time to think
 * their bytes are destroyed. Nobody else can do it, and no vote can prevent it.
 */
export const withdrawUnits = async (
  { log }: Pick<WithdrawDeps, 'log'>,
  contribution: Contribution,
  paths: readonly string[] | null,
): Promise<Withdrawal> => {
  const named = unitsOf(contribution, paths)
  if (!named || named.length === 0)
    return refuse('NOT_FOUND', 'One of these is no file of this contribution.', { field: 'files' })
  const { id, dataset } = contribution
  const gone = new Set(withdrawnUnits(contribution))
  const units = named.filter((unit) => !gone.has(unit))
  // Asked for twice, it happens once.
  if (units.length === 0) {
    const last = (await log.stream(`contribution/${id}`)).findLast(
      ({ type }) => type === 'contribution.withdrawn',
    )
    if (last) return { ok: true, event: last }
  }
  const event = await log.append({
    stream: `contribution/${id}`,
    type: 'contribution.withdrawn',
    cmd: newId('x'),
    data: {
      contribution: id,
      dataset,
      units: [...new Set(units)],
      eraseAt: log.now() + CONFIRM_WITHIN,
    },
  })
  return { ok: true, event }
}

/** Leaves in, after all, whatever was taken back and whose time to think is not over. */
export const restoreUnits = async (
  { log }: Pick<WithdrawDeps, 'log'>,
  { id, dataset }: Contribution,
): Promise<Withdrawal> =>
  log.command(`contribution/${id}`, newId('x'), (history, now): Decided | Refusal => {
    const waiting = history.reduce(waitingAfter, [])
    const units = waiting.filter(({ eraseAt }) => eraseAt > now).map(({ sha256 }) => sha256)
    if (units.length === 0)
      return refuse('TOO_LATE', 'There is nothing here that could still be taken up again.')
    return {
      type: 'contribution.restored',
      data: { contribution: id, dataset, units },
    }
  })
