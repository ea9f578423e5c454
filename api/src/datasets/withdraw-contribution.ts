import { notFound } from '../errors.ts'
import type { Log, Refusal, StoredEvent } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import type { DatasetStore } from './store.ts'
import { contributing } from './who-may.ts'

/**
 * Takes a contribution back. It enters no version any more, and its bytes leave with none of those
 * it is in. Nobody else can do it, and no vote can prevent it.
 */
export const withdrawContribution = async (
  deps: { readonly log: Log; readonly store: DatasetStore },
  asking: Actor | null,
  id: string,
): Promise<{ readonly ok: true; readonly event: StoredEvent } | Refusal> => {
  const signedIn = contributing(asking)
  if (!signedIn.ok) return signedIn
  const contribution = await deps.store.contribution(id)
  if (!contribution || contribution.contributor !== signedIn.actor.account.id)
    return notFound('contribution')
  const event = await deps.log.append({
    stream: `contribution/${id}`,
    type: 'contribution.withdrawn',
    // Asked for twice, it happens once.
    cmd: `withdraw:${id}`,
    data: { contribution: id, dataset: contribution.dataset },
  })
  return { ok: true, event }
}
