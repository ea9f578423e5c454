import {
  canonicalJson,
  effectId,
  MOST_SLOTS,
  type OpenedBallot,
  type Sha256,
  standingBallots,
  type View,
} from '../../../policies/index.ts'
import { refuse } from '../errors.ts'
import type { Decided, Log, Refusal, StoredEvent } from '../log/index.ts'
import type { Effect } from './effect.ts'
import type { EnactedDecision, Executors, Proposal } from './governance.ts'
import { proposalOf } from './history.ts'
import { stateOf } from './state.ts'
import type { GovernanceStore } from './store.ts'

export interface EnactDeps {
  readonly log: Log
  readonly store: GovernanceStore
  readonly sha256: Sha256
  readonly executors: Executors
  readonly report: (error: unknown, proposal: string) => void
}

const nothing = refuse('NOTHING_DUE', 'Nothing is due on this proposal.')

/** Identity of the effect of a proposal. */
export const effectIdOf = (proposal: Proposal, sha256: Sha256): string =>
  effectId(proposal, canonicalJson(JSON.parse(JSON.stringify(proposal.effect))), sha256)

const canBeShown = ({ frozen }: Proposal): boolean =>
  Object.keys(frozen?.roll ?? {}).length <= MOST_SLOTS

/** What is opened at the close: the standing ballot of everybody, in the order of the log. */
const openedBallots = ({ ballotEntries, nonces, minutes }: Proposal, { accepted }: View) =>
  [...standingBallots(accepted)]
    .map(([by, { choice, minute }]): OpenedBallot => {
      if (minute === null) return [ballotEntries[by] ?? -1, choice, nonces[by] ?? '']
      const entered = minutes.find(({ id }) => id === minute)
      const ballot = entered?.ballots.find(({ member }) => member === by)
      return [entered?.entry ?? -1, choice, ballot?.nonce ?? '']
    })
    .sort(([a], [b]) => a - b)

const closed = (proposal: Proposal, view: View): Decided => ({
  type: 'proposal.closed',
  data: {
    proposal: proposal.id,
    community: proposal.community,
    phase: view.phase,
    pass: view.tally.pass,
    deciders: view.tally.deciders,
    yes: view.tally.yes,
    no: view.tally.no,
    abstain: view.tally.abstain,
    objections: view.tally.objections,
    assisted: view.tally.assisted,
    ballots: canBeShown(proposal) ? openedBallots(proposal, view) : null,
  },
})

/** Nothing can follow any more, although the vote was won: a veto may be lifted in its window. */
const lapsed = ({ frozen }: Proposal, { phase, closesAt }: View, now: number): boolean =>
  phase === 'annulled' ||
  phase === 'expired' ||
  (phase === 'vetoed' && now >= closesAt + (frozen?.times.veto ?? 0))

/** What is true by now and not yet written down: the close, the enactment, the lapse. */
export const due = (proposal: Proposal, now: number, sha256: Sha256): Decided | null => {
  const state = proposal.enactedIdx === null ? stateOf(proposal, now) : null
  if (state === null || state.phase === 'open') return null
  if (proposal.closedIdx === null) return closed(proposal, state)
  const data = { proposal: proposal.id, community: proposal.community }
  if (state.phase === 'enactable') {
    const effect = effectIdOf(proposal, sha256)
    return { type: 'proposal.enacted', data: { ...data, effectId: effect }, secret: { at: now } }
  }
  if (!proposal.settled && lapsed(proposal, state, now)) {
    return { type: 'proposal.lapsed', data: { ...data, phase: state.phase } }
  }
  return null
}

const record = async ({ log, sha256 }: EnactDeps, proposal: Proposal, step: Decided) =>
  log.command(
    `proposal/${proposal.id}`,
    `${step.type}:${proposal.id}`,
    (history: readonly StoredEvent[], now: number): Decided | Refusal => {
      const current = proposalOf(history)
      return (current && due(current, now, sha256)) ?? nothing
    },
  )

/** The decision of an enacted proposal; the only place where one is made. */
export const decisionOf = (proposal: Proposal, sha256: Sha256): EnactedDecision | null =>
  proposal.enactedIdx === null
    ? null
    : {
        proposal,
        effect: proposal.effect,
        effectId: effectIdOf(proposal, sha256),
        enactedIdx: proposal.enactedIdx,
      }

const carryOut = (executors: Executors, decision: EnactedDecision): Promise<StoredEvent> => {
  // Each executor takes the decisions of its own kind: the table is keyed by it.
  const execute = executors[decision.effect.kind] as (
    d: EnactedDecision<Effect>,
  ) => Promise<StoredEvent>
  return execute(decision)
}

const advance = async (deps: EnactDeps, first: Proposal): Promise<void> => {
  let proposal: Proposal | null = first
  for (let step = 0; proposal && step < 4; step += 1) {
    const next = due(proposal, deps.log.now(), deps.sha256)
    if (!next) break
    await record(deps, proposal, next)
    proposal = await deps.store.proposal(proposal.id)
  }
  const decision = proposal && proposal.effectIdx === null && decisionOf(proposal, deps.sha256)
  if (decision) await carryOut(deps.executors, decision)
}

/**
 * Writes down what the clock has made true and carries out what has been decided, each once. A
 * missed run changes nothing: the next one finds the same things due.
 */
export const enactDue = async (deps: EnactDeps): Promise<void> => {
  for (const proposal of await deps.store.unsettled()) {
    try {
      await advance(deps, proposal)
    } catch (error) {
      deps.report(error, proposal.id)
    }
  }
}
