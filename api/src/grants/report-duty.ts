import { z } from 'zod'
import { type DutyKind, evidenceProblems } from '../../../policies/index.ts'
import type { Datasets } from '../datasets/datasets.ts'
import { notFound, refuse } from '../errors.ts'
import type { Decided, Log, Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, People } from '../people/people.ts'
import { seatOver } from './answers-to.ts'
import { dutyStanding } from './duties.ts'
import type { Grant, GrantedDuty, GrantResult } from './grants.ts'
import type { GrantStore } from './store.ts'

export interface DutyDeps {
  readonly log: Log
  readonly people: People
  readonly datasets: Pick<Datasets, 'dataset' | 'keptBy'>
  readonly store: GrantStore
}

const grant = z.string().max(64)
const duty = z.string().max(64)

const report = z.object({
  grant,
  duty,
  evidence: z
    .array(z.object({ field: z.string().max(64), text: z.string().trim().max(8000) }))
    .max(20)
    .transform((lines) => lines.filter(({ text }) => text !== '')),
})

const answer = z
  .object({ grant, duty, accepted: z.boolean(), words: z.string().trim().max(4000).nullish() })
  .refine(({ accepted, words }) => accepted || Boolean(words), {
    path: ['words'],
    message: 'Say what is missing, so that it can be mended.',
  })

export const findDuty = (
  { duties }: Grant,
  kind: string,
): { ok: true; duty: GrantedDuty } | Refusal => {
  const found = duties.find((one) => one.kind === kind)
  if (found) return { ok: true, duty: found }
  return refuse('NO_SUCH_DUTY', 'This grant does not carry this duty.', { field: 'duty' })
}

/** What the next step is called: two people who take it at once take one step. */
const stepOf = ({ id, dutyEvents }: Grant, kind: string): string =>
  `duty:${id}:${kind}:${dutyEvents.filter((event) => event.kind === kind).length}`

const record = async (
  { log, store }: DutyDeps,
  held: Grant,
  kind: string,
  decided: Decided,
): Promise<GrantResult> => {
  const cmd = stepOf(held, kind)
  const event = await log.append({ stream: `grant/${held.id}`, cmd, ...decided })
  if (event.type !== decided.type) {
    return refuse('ALREADY_ANSWERED', 'Somebody else was faster. Load the page again.')
  }
  const again = await store.grant(held.id)
  return again ? { ok: true, grant: again } : notFound('grant')
}

const CLOSED: Readonly<Record<string, Refusal>> = {
  submitted: refuse('EVIDENCE_WAITS', 'What you handed in waits for the community to read it.'),
  accepted: refuse('DUTY_SETTLED', 'This duty has been met.'),
  waived: refuse('DUTY_SETTLED', 'The community has waived this duty.'),
  breached: refuse(
    'DUTY_BREACHED',
    'The time to make this good is over. Ask the community: its council can lift it by a vote.',
  ),
}

const SAID = {
  missing: 'Fill in this field.',
  unknown: 'This duty does not ask for this.',
  shape: 'This is not in the form that the field asks for.',
} as const

const unfit = (kind: string, lines: z.output<typeof report>['evidence']): Refusal | null => {
  const [first] = evidenceProblems(kind as DutyKind, lines)
  return first
    ? refuse('BAD_INPUT', SAID[first.problem], { field: `evidence.${first.field}` })
    : null
}

/** The holder hands in what shows that a duty was kept. */
export const reportDuty = async (
  deps: DutyDeps,
  actor: Actor,
  input: unknown,
): Promise<GrantResult> => {
  const read = parse(report, input)
  if (!read.ok) return read
  const { grant: id, duty: kind, evidence } = read.value
  const held = await deps.store.grant(id)
  if (!held || held.account !== actor.account.id) return notFound('grant')
  const found = findDuty(held, kind)
  if (!found.ok) return found
  const { phase } = dutyStanding(held, found.duty, deps.log.now())
  const refused = CLOSED[phase] ?? unfit(kind, evidence)
  if (refused) return refused
  return record(deps, held, kind, {
    type: 'duty.submitted',
    data: { grant: id, kind },
    secret: { evidence },
  })
}

/**
 * Somebody who sits in a body of the community accepts what was handed in, or returns it with words.
 * They are those who may read it; nobody judges a duty of their own. It applies the terms that were
 * voted on and changes none, so it takes no ballot; letting somebody off does.
 */
export const answerDuty = async (
  deps: DutyDeps,
  actor: Actor,
  input: unknown,
): Promise<GrantResult> => {
  const read = parse(answer, input)
  if (!read.ok) return read
  const { grant: id, duty: kind, accepted, words } = read.value
  const held = await deps.store.grant(id)
  const seat = held && (await seatOver(deps, held, actor.account.id))
  if (!held || !seat || seat.bodies.length === 0) return notFound('grant')
  if (held.account === actor.account.id) {
    return refuse('OWN_DUTY', 'Somebody else has to look at what you handed in.')
  }
  const found = findDuty(held, kind)
  if (!found.ok) return found
  if (dutyStanding(held, found.duty, deps.log.now()).phase !== 'submitted') {
    return refuse('NOTHING_HANDED_IN', 'There is nothing here that waits for an answer.')
  }
  return record(deps, held, kind, {
    type: accepted ? 'duty.accepted' : 'duty.returned',
    data: { grant: id, kind },
    secret: { by: seat.id, words: words ?? '' },
  })
}
