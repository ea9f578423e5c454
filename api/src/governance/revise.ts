import { digestOf, type Sha256 } from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { type Decided, type Log, type Refusal, type StoredEvent, toFields } from '../log/index.ts'
import type { Member, People } from '../people/people.ts'
import { decidersOf } from './deciders.ts'
import type { Effect } from './effect.ts'
import type { Proposal } from './governance.ts'
import { proposalOf } from './history.ts'

export interface ReviseDeps {
  readonly log: Log
  readonly people: People
  readonly sha256: Sha256
}

/** What stands in a proposal's place from now on. */
export interface Revised {
  readonly title: string
  readonly text: string
  readonly effect: Effect
}

/** Identity of what is voted on: of the words and of what they do. */
export const textDigestOf = (
  { matter, title, text, effect }: Revised & { readonly matter: string },
  sha256: Sha256,
): string => digestOf(toFields({ matter, title, text, effect }), sha256)

/** Words can change only before the vote is open: from then on an edit would change what was voted on. */
export const notDeliberated = ({ stage }: Pick<Proposal, 'stage'>): Refusal | null =>
  stage === 'deliberation'
    ? null
    : refuse('NOT_IN_DELIBERATION', 'This proposal has been opened or withdrawn already.')

const revision =
  ({ sha256 }: ReviseDeps, { title, text, effect }: Revised) =>
  (history: readonly StoredEvent[], now: number): Decided | Refusal => {
    const proposal = proposalOf(history)
    if (!proposal) return notFound('proposal')
    const late = notDeliberated(proposal)
    if (late) return late
    const { id, community, matter, revisions, textDigest: before } = proposal
    const textDigest = textDigestOf({ matter, title, text, effect }, sha256)
    if (textDigest === before) {
      return refuse('NOTHING_CHANGED', 'These are the words that stand already.', { field: 'text' })
    }
    return {
      type: 'proposal.revised',
      data: {
        proposal: id,
        community,
        revision: revisions.length + 2,
        title,
        text,
        textDigest,
        effect: toFields(effect),
      },
      secret: { at: now },
    }
  }

/** Puts other words in place of those that were proposed; the earlier ones stay readable. */
export const revise = async (deps: ReviseDeps, id: string, revised: Revised, cmd: string) =>
  deps.log.command(`proposal/${id}`, cmd, revision(deps, revised))

/** May this member send a proposal back? Only who will vote on it, and only before the vote. */
export const judgeReturn = async (
  { people }: Pick<ReviseDeps, 'people'>,
  proposal: Proposal,
  member: Member | null,
): Promise<Refusal | null> => {
  const late = notDeliberated(proposal)
  if (late) return late
  if (proposal.returned) {
    return refuse('RETURNED_ALREADY', 'It has been returned; wait until it is handed in again.')
  }
  const deciders = member ? await decidersOf(people, proposal) : []
  return member && deciders.includes(member.id)
    ? null
    : refuse('NOT_A_DECIDER', 'Only members of the body that decides may return a proposal.')
}

/** Sends a proposal back with words: its vote does not open before it is handed in again. */
export const returnWith = async (
  { log }: ReviseDeps,
  { id, community }: Proposal,
  { by, words, cmd }: { readonly by: string; readonly words: string; readonly cmd: string },
) =>
  log.command(`proposal/${id}`, cmd, (history, now) => {
    const proposal = proposalOf(history)
    const late = proposal ? notDeliberated(proposal) : notFound('proposal')
    if (late) return late
    if (proposal?.returned) return refuse('RETURNED_ALREADY', 'It has been returned already.')
    return {
      type: 'proposal.returned',
      data: { proposal: id, community },
      secret: { by, words, at: now },
    }
  })
