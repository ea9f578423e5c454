import { refuse } from '../errors.ts'
import type {
  ChangeCustody,
  Effect,
  Jointly,
  PublishVersion,
  ReopenDataset,
  SetFingerprint,
  TakeDown,
  WaiveDuty,
} from '../governance/effect.ts'
import type {
  EnactedDecision,
  Governance,
  NewProposal,
  Proposal,
  ProposalResult,
} from '../governance/governance.ts'
import { idFrom, newId } from '../ids.ts'
import { type Decided, type StoredEvent, textIn } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import { type Kept, keepersOf, keptBy } from './custody.ts'
import type { Suspension } from './dataset.ts'
import { documentDigest } from './documents.ts'
import type { DatasetStore } from './store.ts'

/** What those who keep a dataset decide about it, all or one of them. */
export type KeepersEffect =
  | PublishVersion
  | ReopenDataset
  | TakeDown
  | ChangeCustody
  | SetFingerprint

/** What may lie before several communities at once. */
type JointEffect = KeepersEffect | WaiveDuty

export interface JointDeps {
  readonly governance: Governance
  readonly store: DatasetStore
}

interface Asking {
  /** The community it is asked in first. */
  readonly home: string
  readonly sponsor: Actor
  /** False: it is talked over there first. */
  readonly open?: boolean
  /** Names the question where only one like it may lie before a community: sent twice it is one. */
  readonly once?: string
}

type Question = Pick<NewProposal, 'title' | 'text'> & { readonly effect: KeepersEffect }

/** Whoever closed a dataset at once and keeps it still: nobody opens it over their head. */
const watching = (kept: Closable, keepers: readonly string[]): readonly string[] => {
  const by = kept.suspension ? (kept.suspension.community ?? kept.community) : null
  return by !== null && keepers.includes(by) ? [by] : []
}

/** Who keeps a dataset, and whose watch has closed it. */
type Closable = Kept & { readonly suspension: Pick<Suspension, 'community'> | null }

/** Before which communities a question comes; the one it is asked in first. */
const askedOf = (kept: Closable, effect: KeepersEffect, home: string): readonly string[] => {
  const keepers = keepersOf(kept)
  const asked =
    effect.kind !== 'dataset.custody'
      ? kept.custody.rule === 'all'
        ? keepers
        : effect.kind === 'dataset.reopen'
          ? watching(kept, keepers)
          : [home]
      : {
          join: [...keepers, effect.community],
          end: keepers,
          // Whoever answers for it first passes that on to the others, who have to agree.
          leave: effect.community === kept.community ? keepers : [effect.community],
        }[effect.step]
  return [...new Set([home, ...asked])]
}

export const ALREADY_PROPOSED = refuse(
  'ALREADY_PROPOSED',
  'A vote on this is under way; wait for its outcome.',
)

const before = (community: string, { id }: Jointly): Pick<NewProposal, 'community' | 'cmd'> => ({
  community,
  cmd: `joint:${id}:${community}`,
})

/** What lies there already under the same name is the answer where it asks the same. */
const asFirst = (
  { effect, once }: { readonly effect: Effect; readonly once: string | undefined },
  made: ProposalResult,
): ProposalResult => {
  if (once === undefined || !made.ok) return made
  return documentDigest(made.proposal.effect) === documentDigest(effect) ? made : ALREADY_PROPOSED
}

/** Puts one question before all these communities, side by side, the one that asks first. */
export const proposeJointly = async <E extends JointEffect>(
  { governance }: Pick<JointDeps, 'governance'>,
  wanted: readonly string[],
  { effect, ...words }: Pick<NewProposal, 'title' | 'text' | 'secret'> & { readonly effect: E },
  { home, sponsor, open = true, once }: Asking,
): Promise<ProposalResult> => {
  const communities = [...new Set([home, ...wanted])]
  if (communities.length === 1)
    return asFirst(
      { effect, once },
      await governance.propose({
        ...{ ...words, effect, community: home, sponsor, open },
        cmd: once === undefined ? newId('x') : `once:${once}`,
      }),
    )
  const id = once === undefined ? newId('j') : idFrom('j', `${once}:${home}`)
  const jointly: Jointly = { id, rule: 'all', communities }
  const asked = { ...words, effect: { ...effect, jointly } }
  const made = await governance.propose({ ...asked, sponsor, open, ...before(home, jointly) })
  const first = asFirst({ ...asked, once }, made)
  // Somebody was faster with another question of this name: that one is asked, and not half of each.
  if (!first.ok && first.code === 'ALREADY_PROPOSED') return first
  for (const community of communities.slice(1))
    await governance.propose({ ...asked, sponsor: null, ...before(community, jointly) })
  return first
}

/** Puts a question about a dataset before all who have to agree. */
export const proposeAmongKeepers = (
  deps: Pick<JointDeps, 'governance'>,
  kept: Closable,
  question: Question,
  by: Asking,
): Promise<ProposalResult> =>
  proposeJointly(deps, askedOf(kept, question.effect, by.home), question, by)

const jointlyOf = ({ effect }: Pick<Proposal, 'effect'>): Jointly | null =>
  'jointly' in effect ? (effect.jointly ?? null) : null

/** Puts before the others what a crash kept from them; a request asks its councils itself. */
export const completeJoint = async (
  { governance, store }: JointDeps,
  { title, text, effect, secret, community }: Proposal,
): Promise<void> => {
  const jointly = jointlyOf({ effect })
  if (!jointly || effect.kind === 'grant.issue' || effect.kind === 'grant.renew') return
  const asked = new Set((await store.joint(jointly.id)).map((one) => one.community))
  for (const other of jointly.communities)
    if (other !== community && !asked.has(other))
      await governance.propose({
        ...{ title, text, effect, secret, sponsor: null },
        ...before(other, jointly),
      })
}

/** The same for everything that was asked for so far. */
export const completeJoints = async (deps: JointDeps): Promise<void> => {
  for (const id of await deps.store.incomplete()) {
    const proposal = await deps.governance.proposal(id)
    if (proposal) await completeJoint(deps, proposal)
  }
}

const declined = (why: string, { proposal, effect }: EnactedDecision<KeepersEffect>): Decided => ({
  type: 'decision.declined',
  data: { dataset: effect.dataset, community: proposal.community, proposal: proposal.id, why },
})

const hasJoined = (history: readonly StoredEvent[], community: string): boolean =>
  keptBy(history).custody.others.some((one) => one.community === community)

/** Why a change of custody that was voted for has nothing to change any more. */
const pointless = (history: readonly StoredEvent[], effect: KeepersEffect): boolean => {
  if (effect.kind !== 'dataset.custody') return false
  const kept = keptBy(history)
  const keeps = keepersOf(kept).includes(effect.community)
  const stays = kept.custody.others.some((one) => one.left)
  if (effect.step === 'join') return keeps || (stays && effect.rule === 'any')
  const isLast = keepersOf(kept).length === 1
  return effect.step === 'leave' ? !keeps || isLast : keeps || !hasJoined(history, effect.community)
}

/** By whose watch it is closed, as its history tells. */
const closedIn = (history: readonly StoredEvent[]): Closable['suspension'] => {
  const last = history.findLast(
    ({ type }) => type === 'dataset.suspended' || type === 'dataset.reopened',
  )
  if (last?.type !== 'dataset.suspended') return null
  return { community: textIn(last.data.community) || null }
}

/** Who has to agree by now: whoever has come to keep the dataset since is not passed over. */
const needed = (
  history: readonly StoredEvent[],
  { effect, proposal }: EnactedDecision<KeepersEffect>,
) => askedOf({ ...keptBy(history), suspension: closedIn(history) }, effect, proposal.community)

/**
 * What an enacted decision of one community about a dataset comes to: nothing any more, its own part
 * while others are awaited, or null when all who keep the dataset have agreed and it happens.
 */
export const shareOf = (
  history: readonly StoredEvent[],
  decision: EnactedDecision<KeepersEffect>,
): Decided | null => {
  const { effect, proposal } = decision
  const jointly = jointlyOf(proposal)
  const asked = jointly?.communities ?? [proposal.community]
  const wanted = needed(history, decision)
  const isParty =
    keepersOf(keptBy(history)).includes(proposal.community) ||
    (effect.kind === 'dataset.custody' && effect.community === proposal.community)
  if (!isParty || pointless(history, effect) || wanted.some((one) => !asked.includes(one)))
    return declined('CUSTODY_CHANGED', decision)
  if (!jointly) return null
  const digest = documentDigest(effect)
  const agreed = history.flatMap(({ type, data }) =>
    type === 'custodian.agreed' && data.joint === jointly.id && data.effect === digest
      ? [data.community]
      : [],
  )
  const awaited = wanted.some((one) => one !== proposal.community && !agreed.includes(one))
  if (!awaited) return null
  return {
    type: 'custodian.agreed',
    data: {
      dataset: effect.dataset,
      joint: jointly.id,
      effect: digest,
      community: proposal.community,
      proposal: proposal.id,
    },
  }
}
