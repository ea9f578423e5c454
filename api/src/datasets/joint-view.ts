import type { CustodyRule } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import type { Governance, Proposal } from '../governance/governance.ts'
import { isUnanswered } from '../governance/is-unanswered.ts'
import { assembledBy, type Dataset } from './dataset.ts'
import { loaders } from './loaders.ts'

/** A community that keeps a dataset, as it is shown. */
export interface KeeperOf {
  readonly community: string
  readonly licence: string | null
  readonly left: boolean
}

/** What one community says to a question that several are asked. */
export interface VoiceOf {
  readonly community: string
  readonly proposal: Proposal | null
}

export interface JointQuestion {
  readonly rule: CustodyRule
  readonly voices: readonly VoiceOf[]
}

/** The licence by which the one that answers for a dataset first speaks over its newest version. */
const firstLicence = async (dataset: Dataset, context: Context): Promise<string | null> => {
  const { id, community, licence, custody, newest } = dataset
  const brought = custody.others.find((one) => one.community === community)
  if (!brought) return licence
  const versions = (await loaders(context).versions(id)) ?? []
  const version = versions.find((one) => one.version === newest)
  return version && assembledBy(dataset, version) === community ? licence : brought.licence
}

/** Who keeps a dataset, the one that answers for it first; null where one community does so alone. */
export const custodyOf = async (dataset: Dataset, context: Context) => {
  const { community, custody } = dataset
  const others = custody.others.filter((one) => one.community !== community)
  if (others.length === 0) return null
  const first = { community, licence: await firstLicence(dataset, context), left: false }
  return { rule: custody.rule, keepers: [first, ...others] }
}

const OVER = new Set(['rejected', 'vetoed', 'annulled', 'expired'])

/** Agreed once it is enacted; refused or unanswered once nothing can follow; awaited until then. */
export const stateOfVoice = (
  { proposal }: VoiceOf,
  governance: Pick<Governance, 'view'>,
): string => {
  if (!proposal) return 'awaited'
  if (proposal.enactedIdx !== null) return 'agreed'
  const view = governance.view(proposal)
  if (view && isUnanswered(view) && proposal.settled) return 'unanswered'
  const phase = view?.phase ?? proposal.stage
  return proposal.settled || OVER.has(phase) ? 'refused' : 'awaited'
}

interface Question {
  readonly rule: CustodyRule
  readonly communities: readonly string[]
  readonly asked: readonly { readonly community: string; readonly proposal: string }[]
}

const questionOf = async (
  { rule, communities, asked }: Question,
  { governance }: Context,
): Promise<JointQuestion> => {
  // Asked once more, a community is heard by what it says then.
  const newest = new Map(asked.map(({ community, proposal }) => [community, proposal]))
  const voices = communities.map(async (community) => {
    const id = newest.get(community)
    return { community, proposal: id === undefined ? null : await governance.proposal(id) }
  })
  return { rule, voices: await Promise.all(voices) }
}

/** What has become of the same question in each community it lies before. */
export const jointOf = async (
  { effect }: Proposal,
  context: Context,
): Promise<JointQuestion | null> => {
  const jointly = 'jointly' in effect ? effect.jointly : undefined
  if (!jointly) return null
  const { id, rule, communities } = jointly
  return questionOf({ rule, communities, asked: await context.datasets.joint(id) }, context)
}

/** The same for a request, from the day it was handed in. */
export const jointOfRequest = async (
  {
    councils,
    rule,
    asked,
  }: Omit<Question, 'communities'> & { readonly councils: readonly string[] },
  context: Context,
): Promise<JointQuestion | null> =>
  councils.length < 2 ? null : questionOf({ rule, communities: councils, asked }, context)
