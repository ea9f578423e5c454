import { z } from 'zod'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import type { ProposalResult } from './governance.ts'
import { type GovernanceDeps, reread } from './governance-deps.ts'
import { open } from './propose.ts'
import { judgeReturn, returnWith, revise } from './revise.ts'

/** Opens the votes whose time of deliberation is over. */
export const openDue = async (deps: GovernanceDeps): Promise<void> => {
  const now = deps.log.now()
  for (const { id, stage, opensAt, returned } of await deps.store.unsettled())
    if (stage === 'deliberation' && returned === null && opensAt !== null && now >= opensAt)
      await open(deps, id)
}

const wording = z.object({
  proposal: z.string().max(64),
  title: z
    .string()
    .trim()
    .min(1, 'Give it a title.')
    .max(200, 'A title has at most 200 characters.'),
  text: z.string().trim().min(1, 'Say what is proposed.').max(8000),
})

/** Other words for the same effect, by its sponsor. */
export const reword = async (
  deps: GovernanceDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(wording, input)
  if (!read.ok) return read
  const { proposal: id, title, text } = read.value
  const found = await reread(deps, id)
  if (!found.ok) return found
  const { sponsor, effect } = found.proposal
  if (sponsor !== actor.account.id)
    return refuse('NOT_SPONSOR', 'Only its sponsor changes the words of a proposal.')
  const result = await revise(deps, id, { title, text, effect }, newId('x'))
  return result.ok ? reread(deps, id) : result
}

const returning = z.object({
  proposal: z.string().max(64),
  reason: z.string().trim().min(1, 'Say what has to change.').max(8000),
})

/** Sends a proposal back with words, by one who would vote on it. */
export const returnProposal = async (
  deps: GovernanceDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const read = parse(returning, input)
  if (!read.ok) return read
  const { proposal: id, reason: words } = read.value
  const found = await reread(deps, id)
  if (!found.ok) return found
  const member = await deps.people.memberOf(actor.account.id, found.proposal.community)
  const refused = await judgeReturn(deps, found.proposal, member)
  if (refused || !member) return refused ?? notFound('proposal')
  const result = await returnWith(deps, found.proposal, { by: member.id, words, cmd: newId('x') })
  return result.ok ? reread(deps, id) : result
}
