import type { Duty } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { jointOfRequest } from '../datasets/joint-view.ts'
import { signInFirst } from '../errors.ts'
import { proposalPayload } from '../governance/resolvers.ts'
import type { AccessRequestResolvers, GrantResolvers, Resolvers } from '../graphql/generated.ts'
import { shown } from '../people/resolvers.ts'
import { creditFor } from './credit.ts'
import {
  delegatedClass,
  delegationFields,
  delegationMutations,
  delegationSubject,
} from './delegation-view.ts'
import { dutiesView, lookingAt } from './duty-view.ts'
import type { DutyWords, Grant, GrantResult, RequestResult, Standing } from './grants.ts'
import { isAsked, isHolder, mayRead, mayReadGrant } from './may-read.ts'
import { requestState } from './request-state.ts'
import { saidOtherwise, submissionsOf } from './submission-changes.ts'
import { isOver, placeFor } from './team.ts'
import { teamMember, teamResolvers } from './team-view.ts'
import { usesFor } from './uses-view.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))

const CLOSED: Standing = {
  state: 'suspended',
  reason: 'The community has closed this dataset.',
  newTerms: null,
}

const OVER: ReadonlySet<string> = new Set(['revoked', 'renewed', 'expired'])

/** Who may no longer see the dataset hears that it is closed, whatever stands in the way besides. */
const standingNow = async (
  grant: Grant,
  { grants, datasets, actor }: Context,
): Promise<Standing> => {
  const [found, dataset] = await Promise.all([
    grants.standing(grant),
    datasets.dataset(grant.dataset),
  ])
  if (OVER.has(found.state)) return found
  return dataset && (await datasets.visibleTo(dataset, actor)) ? found : CLOSED
}

/** Asked for by several fields of one grant: computed once for each answer. */
const standings = new WeakMap<Context, Map<string, Promise<Standing>>>()

const standing = (grant: Grant, context: Context): Promise<Standing> => {
  const known = standings.get(context) ?? new Map<string, Promise<Standing>>()
  standings.set(context, known)
  // What a command has just changed is another grant.
  const key = JSON.stringify(grant)
  const found = known.get(key) ?? standingNow(grant, context)
  known.set(key, found)
  return found
}

const said = ({ kind, clause, withinDays }: Duty, words: DutyWords) => ({
  kind,
  clause,
  withinDays: withinDays ?? null,
  text: words(clause, kind),
})

const requestPayload = (result: RequestResult) =>
  result.ok ? { request: result.request, grant: result.grant } : { refused: shown(result) }

const grantPayload = (result: GrantResult) =>
  result.ok ? { grant: result.grant } : { refused: shown(result) }

/** Whoever is in a team sees what they themselves have had. */
const downloadsFor = async (one: Grant, context: Context) => {
  const all = await mayRead(one, context)
  const mine = context.actor && placeFor(one, context.actor.account)
  if (!all && !mine) return []
  const had = await context.grants.downloadsOf(one.id)
  return had.filter(({ member }) => all || member === mine?.id)
}

const accessRequest: AccessRequestResolvers = {
  dataset: async ({ dataset }, _, { datasets }) => {
    const found = await datasets.dataset(dataset)
    if (!found) throw new Error(`a request for dataset ${dataset}, which is not there`)
    return found
  },
  purposes: ({ purposes }) => [...purposes],
  actions: ({ actions }) => [...actions],
  state: (request, _, context) => requestState(request, context),
  submittedAt: ({ submittedAt }) => iso(submittedAt),
  duties: ({ duties }) => [...duties],
  team: async (request, _, context) =>
    (await mayRead(request, context)) ? [...request.team] : null,
  askAgainAt: async (request, _, context) =>
    (await mayRead(request, context)) ? isoOrNull(await context.grants.askAgainAt(request)) : null,
  again: async (request, _, context) => {
    const before =
      (await mayRead(request, context)) && (await context.grants.refusedBefore(request))
    return before ? { request: before, changes: saidOtherwise(before, request) } : null
  },
  submissions: async (request, _, context) => {
    if (!(await mayRead(request, context))) return null
    return submissionsOf(request).map((one) => ({
      ...one,
      at: iso(one.at),
      changes: one.changes.map(({ field, changes }) => ({ field, changes: [...changes] })),
    }))
  },
  project: async (request, _, context) =>
    (await mayRead(request, context)) ? request.project : '',
  facts: async (request, _, context) => ((await mayRead(request, context)) ? request.facts : null),
  requester: async (request, _, context) => {
    if (!request.account || !(await mayRead(request, context))) return null
    return (await context.people.account(request.account))?.name ?? null
  },
  decision: async (request, _, { grants }) => {
    const explained = await grants.explain(request)
    if (!explained) throw new Error(`request ${request.id} can no longer be explained`)
    return explained
  },
  proposal: ({ proposal }, _, { governance }) => (proposal ? governance.proposal(proposal) : null),
  joint: (request, _, context) => jointOfRequest(request, context),
  delegation: ({ standing }, _, { grants }) =>
    standing ? grants.delegation(standing.delegation) : null,
  grant: async (request, _, context) =>
    request.grant && (await mayRead(request, context)) ? context.grants.grant(request.grant) : null,
}

const grant: GrantResolvers = {
  dataset: accessRequest.dataset as GrantResolvers['dataset'],
  version: async ({ dataset, version }, _, { datasets, actor }) => {
    const about = await datasets.dataset(dataset)
    const found = about && (await datasets.anyVersion(dataset, version))
    if (!found) throw new Error(`a grant on version ${version} of ${dataset}, which is not there`)
    return (await datasets.visibleTo(about, actor)) ? found : null
  },
  purposes: ({ purposes }) => [...purposes],
  actions: ({ actions }) => [...actions],
  duties: async (one, _, context) => {
    const [words, looking] = await Promise.all([
      context.grants.dutyWords(one),
      lookingAt(one, context),
    ])
    return dutiesView(one, { words, looking, now: context.log.now() })
  },
  issuedAt: ({ issuedAt }) => iso(issuedAt),
  expiresAt: ({ expiresAt }) => iso(expiresAt),
  state: async (one, _, context) => (await standing(one, context)).state,
  stateReason: async (one, _, context) => (await standing(one, context)).reason,
  newTerms: async (one, _, context) => {
    const { newTerms } = await standing(one, context)
    if (!newTerms) return null
    const words = await context.grants.dutyWords(one)
    return { licence: newTerms.licence, duties: newTerms.duties.map((duty) => said(duty, words)) }
  },
  proposal: ({ decision }, _, { governance }) => governance.proposal(decision.proposal),
  delegation: ({ delegation }, _, { grants }) =>
    delegation ? grants.delegation(delegation.id) : null,
  attribution: (one, _, context) => creditFor(one, context),
  token: (one, _, context) => (isHolder(one, context) ? context.grants.token(one) : null),
  downloads: (one, _, context) => downloadsFor(one, context),
  ...teamResolvers,
  pendingRenewal: async (one, _, context) =>
    isHolder(one, context) ? context.grants.pendingRenewal(one) : null,
}

export const resolvers: Resolvers = {
  Query: {
    precheck: (_, { input }, { actor, grants }) => grants.precheck(actor, input),
    request: async (_, { id }, context) => {
      const found = await context.grants.request(id)
      return found && (await mayRead(found, context)) ? found : null
    },
    grant: async (_, { id }, context) => {
      const found = await context.grants.grant(id)
      return found && (await mayReadGrant(found, context)) ? found : null
    },
    licenceImpact: (_, { input }, { actor, grants }) => grants.impact(actor, input),
  },
  Community: {
    delegations: async ({ id }, _, { grants }) => [...(await grants.delegationsOf(id))],
    grantsWithDuties: async ({ id }, _, { actor, people, grants }) => {
      const seat = actor && (await people.memberOf(actor.account.id, id))
      return seat && seat.bodies.length > 0 ? [...(await grants.grantsWithDuties(id))] : null
    },
  },
  Contribution: { uses: (one, _, context) => usesFor(one, context, standing) },
  Viewer: {
    requests: async ({ id }, _, { grants }) => [...(await grants.requestsOf(id))],
    grants: async ({ id }, _, { grants }) => [...(await grants.grantsOf(id))],
    teamGrants: async (account, _, { grants }) => [...(await grants.teamPlaces({ account }))],
  },
  Dataset: {
    viewerGrants: async ({ id }, _, { actor, grants, log }) => {
      if (!actor) return []
      const mine = await grants.grantsUsedBy(actor.account.id, id)
      return mine.filter((one) => !isOver(one, log.now()))
    },
  },
  LicenceDecision: {
    decision: ({ decision }) => decision.decision,
    reasons: ({ reasons }) => [...reasons],
    needsFacts: ({ decision }) => [...decision.needs.facts],
    needsAgreement: ({ decision }) => [...decision.needs.agreement],
    needsCouncil: ({ decision }) => decision.needs.council,
    needsTime: ({ decision }) => isoOrNull(decision.needs.time),
    nextChangeAt: ({ decision }) => isoOrNull(decision.nextChangeAt),
    duties: ({ decision, dutyWords }) => decision.duties.map((duty) => said(duty, dutyWords)),
  },
  Delegation: delegationFields,
  DelegatedClass: delegatedClass,
  AccessRequest: accessRequest,
  Grant: grant,
  TeamMember: teamMember,
  Download: {
    sha256: ({ sha256, copy }) => copy ?? sha256,
    at: ({ at }) => iso(at),
    completed: ({ bytes }) => bytes !== null,
    receipt: (download, _, { actor, grants }) => grants.receipt(actor, download),
    path: (download, _, { grants }) => grants.pathOf(download),
  },
  ProposalSubject: {
    ...delegationSubject,
    request: async ({ effect }, _, context) => {
      const found =
        effect.kind === 'grant.issue' || effect.kind === 'grant.renew'
          ? await context.grants.request(effect.request)
          : null
      return found && (await mayRead(found, context)) ? found : null
    },
    grant: async (proposal, _, context) => {
      const { effect } = proposal
      const found =
        effect.kind === 'grant.revoke' || effect.kind === 'duty.waive'
          ? await context.grants.grant(effect.grant)
          : null
      const reads = found && ((await mayRead(found, context)) || isAsked(proposal, found, context))
      return (await reads) ? found : null
    },
    impact: async ({ effect, community, secret }, _, { actor, grants }) => {
      if (effect.kind !== 'licence.adopt' || effect.version === 1) return null
      const { licence } = effect
      return grants.impact(actor, { community, licence, document: secret.document })
    },
  },
  Mutation: {
    requestAccess: async (_, { input }, { actor, grants }) =>
      requestPayload(actor ? await grants.requestAccess(actor, input) : signInFirst()),
    renewAccess: async (_, { input }, { actor, grants }) =>
      requestPayload(actor ? await grants.renewAccess(actor, input) : signInFirst()),
    reviseRequest: async (_, { input }, { actor, grants }) =>
      requestPayload(actor ? await grants.reviseRequest(actor, input) : signInFirst()),
    withdrawRequest: async (_, { id }, { actor, grants }) =>
      requestPayload(actor ? await grants.withdraw(actor, id) : signInFirst()),
    reportDuty: async (_, { input }, { actor, grants }) => {
      const result = actor ? await grants.reportDuty(actor, input) : signInFirst()
      return grantPayload(result)
    },
    acceptLicence: async (_, { input }, { actor, grants }) => {
      const result = actor ? await grants.acceptLicence(actor, input) : signInFirst()
      return grantPayload(result)
    },
    nameTeamMember: async (_, { input }, { actor, grants }) =>
      grantPayload(actor ? await grants.nameMember(actor, input) : signInFirst()),
    acceptTeamPlace: async (_, { input }, { actor, grants }) =>
      grantPayload(actor ? await grants.acceptPlace(actor, input) : signInFirst()),
    endTeamPlace: async (_, { input }, { actor, grants }) =>
      grantPayload(actor ? await grants.endPlace(actor, input) : signInFirst()),
    answerDuty: async (_, { input }, { actor, grants }) => {
      const result = actor ? await grants.answerDuty(actor, input) : signInFirst()
      return grantPayload(result)
    },
    proposeWaiver: async (_, { input }, { actor, grants }) =>
      proposalPayload(actor ? await grants.proposeWaiver(actor, input) : signInFirst()),
    ...delegationMutations,
    proposeRevocation: async (_, { input }, { actor, grants }) =>
      proposalPayload(actor ? await grants.proposeRevocation(actor, input) : signInFirst()),
  },
}
