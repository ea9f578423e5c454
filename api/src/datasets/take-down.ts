import { z } from 'zod'
import { refuse } from '../errors.ts'
import type { ProposalResult } from '../governance/governance.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { proposeAmongKeepers } from './jointly.ts'
import type { SuspendDeps } from './suspend.ts'
import { inSession, visit } from './who-may.ts'

const shape = z.object({
  dataset: z.string().min(1).max(64),
  reason: z
    .string()
    .trim()
    .min(1, 'Say why, without naming anybody: these words are public.')
    .max(4000),
  deliberate: z.boolean().nullish(),
})

/** Asks for a vote that closes a dataset for good; at once it is closed by a suspension. */
export const proposeTakedown = async (
  deps: SuspendDeps,
  asking: Actor | null,
  input: unknown,
): Promise<ProposalResult> => {
  const session = inSession(asking)
  if (!session.ok) return session
  const read = parse(shape, input)
  if (!read.ok) return read
  const found = await visit(deps, read.value.dataset, session.actor)
  if (!found.ok) return found
  const { dataset, seat } = found
  const { id, takenDownAt } = dataset
  if (!seat) return refuse('NOT_A_MEMBER', 'Only members of this community may propose this.')
  if (takenDownAt) return refuse('TAKEN_DOWN', 'A vote has taken this dataset down already.')
  const question = {
    title: 'Take a dataset down',
    text: `Dataset ${id} is closed for good; no file of it leaves any more, and its page says so.\nReason: ${read.value.reason}`,
    effect: { kind: 'data.takedown', dataset: id },
  } as const
  const by = { home: seat.community, sponsor: session.actor, open: !read.value.deliberate }
  return proposeAmongKeepers(deps, dataset, question, by)
}
