import { refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import { concernedBy } from './concerned-by.ts'
import { decidersOf } from './deciders.ts'
import type { Proposal, ProposalResult } from './governance.ts'
import { type GovernanceDeps, reread } from './governance-deps.ts'

const LONGEST_COMMENT = 8000

/** The one for whom a request is before the council: they answer. */
const isRequester = ({ secret }: Proposal, account: string): boolean => secret.requester === account

/** Who decides, who keeps the house and who may stop it talk among themselves; never with those it is about. */
export const isInside = async (
  { people }: Pick<GovernanceDeps, 'people'>,
  proposal: Proposal,
  account: string | null,
): Promise<boolean> => {
  if (account === null || concernedBy(proposal).includes(account)) return false
  const member = await people.memberOf(account, proposal.community)
  if (!member) return false
  return member.bodies.length > 0 || (await decidersOf(people, proposal)).includes(member.id)
}

const mayComment = async (
  deps: GovernanceDeps,
  proposal: Proposal,
  account: string,
  hidden: boolean,
): Promise<Refusal | null> => {
  const member = await deps.people.memberOf(account, proposal.community)
  if (!member && !isRequester(proposal, account))
    return refuse('NOT_A_MEMBER', 'Only members of this community may comment.')
  if (!hidden || (await isInside(deps, proposal, account))) return null
  return refuse('NOT_INSIDE', 'Only those who decide may say something in private.', {
    field: 'private',
  })
}

/** Keeps what somebody says about a proposal. */
export const comment = async (
  deps: GovernanceDeps,
  actor: Actor,
  { proposal: id, text, private: hidden }: { proposal: string; text: string; private: boolean },
): Promise<ProposalResult> => {
  const found = await reread(deps, id)
  if (!found.ok) return found
  const words = text.trim()
  if (words === '' || words.length > LONGEST_COMMENT) {
    return refuse('BAD_INPUT', 'A comment has 1 to 8,000 characters.', { field: 'text' })
  }
  const { account } = actor
  const refused = await mayComment(deps, found.proposal, account.id, hidden)
  if (refused) return refused
  await deps.store.addComment({
    id: newId('n'),
    proposal: id,
    account: account.id,
    author: account.name,
    text: words,
    private: hidden,
    at: deps.log.now(),
  })
  return found
}
