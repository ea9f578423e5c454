import { notFound, refuse } from '../errors.ts'
import type { Log } from '../log/index.ts'
import type { Actor, People } from '../people/people.ts'
import type { DatasetStore } from './store.ts'
import { inSession, visitAsSteward } from './who-may.ts'
import type { Withdrawal } from './withdraw-contribution.ts'

/** A second pair of eyes where minors speak: a steward who is not the contributor has seen the consent. */
export const witnessConsent = async (
  deps: { readonly log: Log; readonly store: DatasetStore; readonly people: People },
  asking: Actor | null,
  id: string,
  speaker: string,
): Promise<Withdrawal> => {
  const session = inSession(asking)
  if (!session.ok) return session
  const contribution = await deps.store.contribution(id)
  if (!contribution) return notFound('contribution')
  const found = await visitAsSteward(deps, contribution.dataset, session.actor)
  if (!found.ok) return found
  const by = session.actor.account.id
  if (by === contribution.contributor)
    return refuse('OWN_CONSENT', 'Whoever contributed cannot witness it; ask another steward.')
  const known = (contribution.speakers ?? []).some((one) => one.speaker === speaker)
  if (speaker !== '' && !known)
    return refuse('NOT_FOUND', 'This contribution has no such speaker.', { field: 'speaker' })
  const event = await deps.log.append({
    stream: `contribution/${id}`,
    type: 'consent.witnessed',
    cmd: `witness:${id}:${speaker}`,
    data: { contribution: id, dataset: contribution.dataset, speaker },
    secret: { by },
  })
  return { ok: true, event }
}
