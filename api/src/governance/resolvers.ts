import {
  type AppealGrounds,
  describeRule,
  parseCharter,
  standingBallots,
} from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { refuse, signInFirst } from '../errors.ts'
import type { Resolvers } from '../graphql/generated.ts'
import type { Refusal } from '../log/index.ts'
import { shown } from '../people/resolvers.ts'
import { type Act, judge, voiceOf } from './act.ts'
import { appealUntil, challenges } from './challenges.ts'
import { charterChanges, proposedCharter } from './charter-subject.ts'
import type { ActResult } from './create-governance.ts'
import type { Proposal, ProposalResult } from './governance.ts'
import { listProposals, phaseOf } from './list-proposals.ts'
import { minuteResolvers, proposalFields } from './minute-view.ts'
import { electable } from './propose-seats.ts'
import { notDeliberated } from './revise.ts'
import { revisionsOf } from './revisions-of.ts'
import { rollCall } from './roll-call.ts'
import { permission, seatIn } from './viewer.ts'

const iso = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString()

export const proposalPayload = (result: ProposalResult) =>
  result.ok
    ? { proposal: result.proposal }
    : { proposal: result.kept ?? null, refused: shown(result) }

const mayAct = (act: Act) => async (proposal: Proposal, _: unknown, context: Context) => {
  if (!context.actor) return permission(signInFirst())
  const member = await voiceOf(context.people, context.actor.account.id, proposal, act)
  if (!member) return permission(refuse('NOT_A_MEMBER', 'Only members of this community may.'))
  return permission(judge(proposal, act, member, context.log.now()))
}

const maySponsor = async (proposal: Proposal, context: Context): Promise<Refusal | null> => {
  if (proposal.stage !== 'deliberation') {
    return refuse('NOT_IN_DELIBERATION', 'This proposal has been opened or withdrawn already.')
  }
  const member = await seatIn(proposal, context)
  const sponsor = context.actor !== null && proposal.sponsor === context.actor.account.id
  if (sponsor || member?.bodies.includes('stewards')) return null
  return refuse('NOT_STEWARD', 'Only its sponsor or a steward may do this.')
}

const act = async (
  context: Context,
  id: string,
  what: Act,
  key?: string | null,
): Promise<ActResult> =>
  context.actor ? context.governance.act(context.actor, id, what, key) : signInFirst()

/** Effects that name people; who they are is for members of the community. */
const ABOUT_PEOPLE: ReadonlySet<string> = new Set([
  'member.admit',
  'member.attest',
  'member.end',
  'body.elect',
])

export const resolvers: Resolvers = {
  Query: {
    proposal: (_, { id }, { governance }) => governance.proposal(id),
    charter: (_, { digest }, { people }) => people.charter(digest),
    proposals: (_, wanted, context) => listProposals(wanted, context),
  },
  Viewer: {
    inbox: async ({ id }, _, context) => [...(await context.governance.inbox(id))],
  },
  Community: {
    electableBodies: (community) => [...electable(community)],
    proposals: async ({ id }, { phase }, context) =>
      (await context.governance.proposals({ community: id, first: 100 })).filter(
        (proposal) => !phase || phase.includes(phaseOf(proposal, context)),
      ),
  },
  Proposal: {
    community: async ({ community }, _, { people }) => {
      const one = await people.community(community)
      if (!one) throw new Error(`a proposal of a community ${community} that is not there`)
      return one
    },
    phase: (proposal, _, context) => phaseOf(proposal, context),
    madeAt: ({ madeAt }) => new Date(madeAt).toISOString(),
    opensAt: ({ frozen }) => iso(frozen?.openedAt),
    closesAt: (proposal, _, { governance }) => iso(governance.view(proposal)?.closesAt),
    closeMovedFrom: (proposal, _, { governance }) => {
      const moved = (governance.view(proposal)?.extensions ?? 0) > 0
      return moved ? iso(proposal.frozen?.closesAt) : null
    },
    enactableFrom: (proposal, _, { governance }) => iso(governance.view(proposal)?.enactableFrom),
    expiresAt: (proposal, _, { governance }) => iso(governance.view(proposal)?.expiresAt),
    rule: async ({ frozen, community, matter }, _, { people }) => {
      if (frozen) return [...describeRule(frozen, {}, 'en')]
      const charter = parseCharter((await people.community(community))?.charter.document)
      const rule = charter.ok ? charter.charter.matters[matter] : undefined
      return rule ? [...describeRule(rule, {}, 'en')] : []
    },
    tally: (proposal, _, { governance }) => {
      const view = governance.view(proposal)
      if (!view || view.phase === 'open') return null
      return { ...view.tally, reasons: view.tally.reasons.map((reason) => reason.text) }
    },
    rollSize: ({ frozen }) => Object.keys(frozen?.roll ?? {}).length,
    ballots: ({ opened }) => opened?.map(([entry, choice]) => ({ entry, choice })) ?? null,
    ballotsCast: ({ ballotEntries, minutes }) => {
      const entered = minutes.flatMap(({ ballots, confirmed }) => (confirmed ? ballots : []))
      const members = entered.map(({ member }) => member)
      return new Set([...Object.keys(ballotEntries ?? {}), ...members]).size
    },
    subject: (proposal) => proposal,
    rollCall: async (proposal, _, context) => {
      const { governance, people } = context
      const reader = await seatIn(proposal, context)
      return rollCall(people, proposal, { view: governance.view(proposal), reader })
    },
    comments: async (proposal, _, context) => {
      const { governance, actor } = context
      const [all, inside] = await Promise.all([
        governance.comments(proposal.id),
        governance.isInside(proposal, actor?.account.id ?? null),
      ])
      return all.filter((comment) => !comment.private || inside)
    },
    myBallot: async (proposal, _, context) => {
      const member = await seatIn(proposal, context)
      const view = context.governance.view(proposal)
      const mine = member && view ? standingBallots(view.accepted).get(member.id) : undefined
      if (!member || !mine) return null
      const { choice, reason, at, minute } = mine
      const entry =
        minute === null
          ? proposal.ballotEntries[member.id]
          : proposal.minutes.find(({ id }) => id === minute)?.entry
      const assisted = minute !== null
      const cast = new Date(at).toISOString()
      return { choice, reason: reason || null, at: cast, entry: entry ?? 0, assisted }
    },
    entries: ({ entries }) => [...entries],
    ...proposalFields,
    challenges,
    appealUntil,
    revisions: (proposal) => revisionsOf(proposal),
    returned: async (proposal, _, context) => {
      const { returned, sponsor, secret } = proposal
      if (!returned) return null
      const account = context.actor?.account.id ?? null
      const reads =
        (account !== null && (account === sponsor || account === secret.requester)) ||
        (await context.governance.isInside(proposal, account))
      const { at, entry, words } = returned
      return { at: new Date(at).toISOString(), entry, words: reads ? words : null }
    },
    opensByItselfAt: ({ stage, opensAt, returned }) =>
      stage === 'deliberation' && !returned ? iso(opensAt) : null,
    viewerIsInside: (proposal, _, { actor, governance }) =>
      governance.isInside(proposal, actor?.account.id ?? null),
    viewerCanRevise: (proposal, _, { actor }) =>
      permission(
        notDeliberated(proposal) ??
          (actor !== null && proposal.sponsor === actor.account.id
            ? null
            : refuse('NOT_SPONSOR', 'Only its sponsor changes the words of a proposal.')),
      ),
    viewerCanReturn: async (proposal, _, context) =>
      permission(await context.governance.mayReturn(proposal, await seatIn(proposal, context))),
    viewerCanOpen: async (proposal, _, context) => permission(await maySponsor(proposal, context)),
    viewerCanWithdraw: async (proposal, _, context) =>
      permission(await maySponsor(proposal, context)),
    viewerCanVote: mayAct({ type: 'ballot', choice: 'yes', reason: '' }),
    viewerCanVeto: mayAct({ type: 'veto', reason: 'to be given' }),
    viewerCanRecuse: mayAct({ type: 'recuse', reason: 'to be given' }),
    viewerCanLiftVeto: mayAct({ type: 'lift-veto' }),
    viewerCanDecideAppeal: mayAct({ type: 'decide-appeal', upheld: false }),
    viewerCanAppeal: mayAct({ type: 'appeal', grounds: 'procedure', reason: 'to be given' }),
  },
  ProposalSubject: {
    kind: ({ effect }) => effect.kind,
    stage: ({ effect }) => (effect.kind === 'dataset.publish' ? effect.stage : null),
    facts: ({ effect }) => (effect.kind === 'member.attest' ? effect.facts : null),
    charter: (proposal) => proposedCharter(proposal),
    charterChanges: (proposal, _, { people }) => charterChanges(proposal, people),
    member: async (proposal, _, context) => {
      const named = ABOUT_PEOPLE.has(proposal.effect.kind)
      if (!named || !(await seatIn(proposal, context))) return null
      return String(proposal.secret.name ?? '')
    },
  },
  Minute: minuteResolvers,
  Comment: { at: ({ at }) => new Date(at).toISOString() },
  Mutation: {
    proposeMember: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.proposeMember(actor, input) : signInFirst()),
    proposeAttestation: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.proposeAttestation(actor, input) : signInFirst()),
    proposeCharter: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.proposeCharter(actor, input) : signInFirst()),
    proposeMembershipEnd: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.proposeMembershipEnd(actor, input) : signInFirst()),
    proposeElection: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.proposeElection(actor, input) : signInFirst()),
    openProposal: async (_, { proposal }, { actor, governance }) =>
      proposalPayload(actor ? await governance.open(actor, proposal) : signInFirst()),
    withdrawProposal: async (_, { proposal }, { actor, governance }) =>
      proposalPayload(actor ? await governance.withdraw(actor, proposal) : signInFirst()),
    reviseProposal: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.reword(actor, input) : signInFirst()),
    returnProposal: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.returnProposal(actor, input) : signInFirst()),
    castBallot: async (_, { input }, context) => {
      const { proposal, choice, reason, key } = input
      const cast = { type: 'ballot', choice, reason: reason?.trim() ?? '' } as const
      const result = await act(context, proposal, cast, key)
      return result.ok ? result : { refused: shown(result) }
    },
    nameProxy: async (_, { input }, { actor, governance }) => {
      const result = actor ? await governance.nameProxy(actor, input) : signInFirst()
      return result.ok ? { membership: result.member } : { refused: shown(result) }
    },
    enterMinute: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.enterMinute(actor, input) : signInFirst()),
    confirmMinute: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.confirmMinute(actor, input) : signInFirst()),
    requireRecusal: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.requireRecusal(actor, input) : signInFirst()),
    recuse: async (_, { input: { proposal, reason } }, context) =>
      proposalPayload(await act(context, proposal, { type: 'recuse', reason: reason.trim() })),
    withdrawObjection: async (_, { proposal }, context) =>
      proposalPayload(await act(context, proposal, { type: 'withdraw-objection' })),
    veto: async (_, { input: { proposal, reason } }, context) =>
      proposalPayload(await act(context, proposal, { type: 'veto', reason: reason.trim() })),
    liftVeto: async (_, { proposal }, context) =>
      proposalPayload(await act(context, proposal, { type: 'lift-veto' })),
    appeal: async (_, { input: { proposal, grounds, reason } }, context) =>
      proposalPayload(
        await act(context, proposal, {
          type: 'appeal',
          grounds: grounds as AppealGrounds,
          reason: reason.trim(),
        }),
      ),
    decideAppeal: async (_, { input: { proposal, upheld } }, context) =>
      proposalPayload(await act(context, proposal, { type: 'decide-appeal', upheld })),
    comment: async (_, { input }, { actor, governance }) =>
      proposalPayload(actor ? await governance.comment(actor, input) : signInFirst()),
  },
}
