import { z } from 'zod'
import { WITHHELD_SHARE } from '../../../policies/index.ts'
import { refuse } from '../errors.ts'
import type { ProposalResult } from '../governance/governance.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { proposeAmongKeepers } from './jointly.ts'
import type { SuspendDeps } from './suspend.ts'
import { inSession, visit } from './who-may.ts'

const shape = z.object({
  dataset: z.string().min(1).max(64),
  on: z.boolean(),
  reason: z
    .string()
    .trim()
    .min(1, 'Say why, without naming anybody: these words are public.')
    .max(4000),
  deliberate: z.boolean().nullish(),
})

const SHARE = `${WITHHELD_SHARE * 100} %`

const WORDS = {
  on: {
    title: 'Fingerprint the copies of a dataset',
    text: `every copy that is asked for from then on lacks about ${SHARE} of the rows of its larger tables and texts, in each copy other rows, so that a leak can be traced to a grant. Whoever asks is told. Copies that were granted or asked for before stay whole.`,
  },
  off: {
    title: 'Stop fingerprinting the copies of a dataset',
    text: 'every copy that is asked for from then on is whole. Grants that exist keep the copies they have.',
  },
} as const

/** Asks for a vote on whether copies that are granted are fingerprinted. */
export const proposeFingerprint = async (
  deps: SuspendDeps,
  asking: Actor | null,
  input: unknown,
): Promise<ProposalResult> => {
  const session = inSession(asking)
  if (!session.ok) return session
  const read = parse(shape, input)
  if (!read.ok) return read
  const { dataset: id, on, reason, deliberate } = read.value
  const found = await visit(deps, id, session.actor)
  if (!found.ok) return found
  const { dataset, seat } = found
  if (!seat) return refuse('NOT_A_MEMBER', 'Only members of this community may propose this.')
  if (dataset.takenDownAt)
    return refuse(
      'TAKEN_DOWN',
      'A vote has taken this dataset down; no copy of it leaves any more.',
    )
  if (Boolean(dataset.fingerprint) === on) {
    const message = on
      ? 'The copies of this dataset are fingerprinted already.'
      : 'The copies of this dataset are not fingerprinted.'
    return refuse('NOTHING_TO_CHANGE', message, { field: 'on' })
  }
  const { title, text } = WORDS[on ? 'on' : 'off']
  const question = {
    title,
    text: `Of dataset ${id}, ${text}\nReason: ${reason}`,
    effect: { kind: 'dataset.fingerprint', dataset: id, on },
  } as const
  const by = { home: seat.community, sponsor: session.actor, open: !deliberate }
  return proposeAmongKeepers(deps, dataset, question, by)
}
