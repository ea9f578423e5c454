import { ruleOf } from './deciders.ts'
import type { Again, Proposal } from './governance.ts'
import type { GovernanceDeps } from './governance-deps.ts'
import { propose } from './propose.ts'

const FIRST = 1
const SECOND = 2

/** The next try, or null when there is none: silence and conflicts never let anything through. */
const nextOf = async ({ people }: GovernanceDeps, proposal: Proposal): Promise<Again | null> => {
  const { id: of, attempt, sponsor, community, matter } = proposal
  if (attempt === FIRST) return { of, attempt: attempt + 1, body: null, sponsor }
  const rule = attempt === SECOND ? ruleOf(await people.community(community), matter) : null
  const body = rule?.appeal?.body
  return body === undefined ? null : { of, attempt: attempt + 1, body, sponsor }
}

const again = async (deps: GovernanceDeps, proposal: Proposal, next: Again): Promise<string> => {
  const { id, community, title, text, effect, secret } = proposal
  const cmd = `again:${id}`
  const made = await propose(deps, {
    community,
    title,
    text,
    effect,
    secret,
    sponsor: null,
    again: next,
    cmd,
  })
  if (made.ok) return made.id
  if ('kept' in made) return made.kept
  throw new Error(`proposal ${id} cannot be put again: ${made.message}`)
}

/**
 * Puts what too few could decide to the vote once more, for as long as the charter allows and with
 * notice to everybody, and after that before the body that hears appeals. Done twice it is the same.
 */
export const rerunDue = async (deps: GovernanceDeps): Promise<void> => {
  for (const proposal of await deps.store.unsettled()) {
    if (proposal.outcome?.phase !== 'inquorate') continue
    const next = await nextOf(deps, proposal)
    const { id, community } = proposal
    await deps.log.append({
      stream: `proposal/${id}`,
      type: 'proposal.rerun',
      cmd: `rerun:${id}`,
      data: { proposal: id, community, next: next && (await again(deps, proposal, next)) },
    })
  }
}
