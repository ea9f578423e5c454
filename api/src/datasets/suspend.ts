import { z } from 'zod'
import { refuse } from '../errors.ts'
import type { Governance, ProposalResult } from '../governance/governance.ts'
import { newId } from '../ids.ts'
import type { Decided, Log, Refusal, StoredEvent } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Member, People } from '../people/people.ts'
import type { Dataset } from './dataset.ts'
import { proposeAmongKeepers } from './jointly.ts'
import type { DatasetStore } from './store.ts'
import { inSession, isWatcher, visit, visitAsSteward } from './who-may.ts'

export interface SuspendDeps {
  readonly log: Log
  readonly people: People
  readonly store: DatasetStore
  readonly governance: Governance
}

const RATIFY_WITHIN = 72 * 3_600_000

const shape = z.object({
  dataset: z.string().min(1).max(64),
  reason: z.string().trim().min(1, 'Say why; the people who vote on it read it.').max(4000),
})

const vote = shape.extend({ deliberate: z.boolean().nullish() })

const CHANGES = new Set(['dataset.suspended', 'suspension.ratified', 'dataset.reopened'])

/** The suspension in force, from the history of the dataset. */
const current = (history: readonly StoredEvent[]): StoredEvent | null => {
  const last = history.findLast(
    ({ type }) =>
      type === 'dataset.suspended' || type === 'dataset.reopened' || type === 'dataset.takendown',
  )
  return last && last.type !== 'dataset.reopened' ? last : null
}

/** Whoever closed this dataset before without the council's backing has used the power up. */
const usedUp = (history: readonly StoredEvent[], member: string): boolean => {
  const changes = history.filter(({ type }) => CHANGES.has(type))
  return changes.some(
    ({ type, secret, at }) =>
      type === 'dataset.suspended' &&
      secret.by === member &&
      !changes.some((next) => next.type === 'suspension.ratified' && next.data.since === at),
  )
}

const decide =
  (dataset: string, { id: by, community }: Member, reason: string) =>
  (history: readonly StoredEvent[], now: number): Decided | Refusal => {
    if (current(history)) return refuse('SUSPENDED', 'This dataset is suspended already.')
    if (usedUp(history, by))
      return refuse(
        'POWER_USED',
        'You closed this dataset before and no ballot ratified it; ask another steward or propose a vote.',
      )
    return {
      type: 'dataset.suspended',
      data: { dataset, ratifyBy: now + RATIFY_WITHIN, category: 'emergency', community },
      secret: { by, reason },
    }
  }

/** Whether the vote on the suspension in force has been asked for. */
const isProposed = async (
  { store, governance }: Pick<SuspendDeps, 'store' | 'governance'>,
  { id, suspension }: Dataset,
): Promise<boolean> => {
  for (const asked of await store.proposalsAbout(id, 'dataset.ratify')) {
    const proposal = await governance.proposal(asked)
    const effect = proposal?.effect
    if (effect?.kind === 'dataset.ratify' && effect.since === suspension?.since) return true
  }
  return false
}

/** Puts a suspension to the vote, unless it is put already. */
export const proposeRatification = async (
  deps: Pick<SuspendDeps, 'store' | 'governance'>,
  dataset: Dataset,
  sponsor: Actor | null,
): Promise<void> => {
  const { id, community, suspension } = dataset
  if (suspension === null || suspension.ratified || (await isProposed(deps, dataset))) return
  const { since, ratifyBy, entry } = suspension
  await deps.governance.propose({
    community: suspension.community ?? community,
    title: 'Ratify a suspension',
    text: [
      `Dataset ${id} was closed at once on ${new Date(since).toISOString()} (log entry ${entry}).`,
      `A vote is due by ${new Date(ratifyBy).toISOString()}. Whatever its outcome, the dataset stays closed until a vote reopens it; without one the delay is counted in public.`,
    ].join('\n'),
    effect: { kind: 'dataset.ratify', dataset: id, since },
    sponsor,
    cmd: newId('x'),
  })
}

/** Closes a dataset at once: no byte leaves from the next range on. */
export const suspend = async (
  deps: SuspendDeps,
  asking: Actor | null,
  input: unknown,
): Promise<{ readonly ok: true; readonly id: string } | Refusal> => {
  const session = inSession(asking)
  if (!session.ok) return session
  const read = parse(shape, input)
  if (!read.ok) return read
  const { dataset: id, reason } = read.value
  const found = await visit(deps, id, session.actor)
  if (!found.ok) return found
  const { seat } = found
  if (!seat || !isWatcher(seat))
    return refuse(
      'NOT_STEWARD',
      'Only stewards and guardians of this community may close a dataset.',
    )
  const result = await deps.log.command(`dataset/${id}`, newId('x'), decide(id, seat, reason))
  if (!result.ok) return result
  const dataset = await deps.store.dataset(id)
  if (dataset) await proposeRatification(deps, dataset, session.actor)
  return { ok: true, id }
}

/** Asks the council to open a suspended dataset again. */
export const proposeReopening = async (
  deps: SuspendDeps,
  asking: Actor | null,
  input: unknown,
): Promise<ProposalResult> => {
  const session = inSession(asking)
  if (!session.ok) return session
  const read = parse(vote, input)
  if (!read.ok) return read
  const found = await visitAsSteward(deps, read.value.dataset, session.actor)
  if (!found.ok) return found
  const { dataset, seat } = found
  const { id, suspension, takenDownAt } = dataset
  if (takenDownAt)
    return refuse('TAKEN_DOWN', 'A vote has taken this dataset down for good; make a new one.')
  if (!suspension) return refuse('NOT_SUSPENDED', 'This dataset is not suspended.')
  const question = {
    title: 'Reopen a dataset',
    text: `Dataset ${id}, closed on ${new Date(suspension.since).toISOString()}, opens again under its licence and rung.\nReason: ${read.value.reason}`,
    effect: { kind: 'dataset.reopen', dataset: id },
  } as const
  const by = { home: seat.community, sponsor: session.actor, open: !read.value.deliberate }
  return proposeAmongKeepers(deps, dataset, question, by)
}
