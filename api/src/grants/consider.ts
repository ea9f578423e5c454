import type { Decision, Facts, Use } from '../../../policies/index.ts'
import { type Dataset, type Datasets, isListed, type Version } from '../datasets/datasets.ts'
import type { Governance } from '../governance/governance.ts'
import type { Log } from '../log/index.ts'
import type { Actor, People } from '../people/people.ts'
import { collectFacts } from './facts.ts'
import type { ExplainedDecision } from './grants.ts'
import type { ReadLicence } from './read-licence.ts'
import type { PrecheckInput } from './read-use.ts'
import { settling, toSettle } from './settled.ts'
import type { SettledClauses } from './settlement.ts'
import type { GrantStore } from './store.ts'
import { type CustodianTerms, explainTerms, judge, type ReadTerms } from './terms.ts'

export interface ConsiderDeps {
  readonly log: Log
  readonly people: People
  readonly governance: Governance
  readonly datasets: Datasets
  readonly store: GrantStore
  readonly licenceOf: ReadLicence
  readonly termsOf: ReadTerms
}

export interface Considered extends ExplainedDecision {
  readonly dataset: Dataset
  readonly version: Version
  readonly use: Use
}

/** A published version that this person may know of; null is the answer for hidden and absent alike. */
export const findVersion = async (
  { datasets }: Pick<ConsiderDeps, 'datasets'>,
  actor: Actor | null,
  id: string,
  version?: string | null,
): Promise<{ dataset: Dataset; version: Version } | null> => {
  const [dataset, found] = await Promise.all([datasets.dataset(id), datasets.version(id, version)])
  if (!dataset || !found) return null
  const visible = isListed(dataset) || (await datasets.visibleTo(dataset, actor))
  return visible ? { dataset, version: found } : null
}

/** The clauses that stand between a use and a permit, each once. */
export const clausesOf = ({ bars, unmet }: Pick<Decision, 'bars' | 'unmet'>): readonly string[] => [
  ...new Set([...bars, ...unmet].map(({ clause }) => clause)),
]

interface About {
  readonly dataset: Dataset
  readonly version: Version
  readonly use: Use
}

interface Who {
  readonly account: string | null
  readonly declared: Facts
  readonly acceptedDuties: readonly string[]
  /** Who holds the grant in whose team they would be; left out: they ask for themselves. */
  readonly holder?: string | null
  /** The communities whose councils are taken to have said yes. */
  readonly approvals?: readonly string[]
  /** What their votes settle that a licence leaves to people; left out: nothing. */
  readonly settled?: readonly SettledClauses[]
}

/** What the terms of one version answer to a use, on the facts as the registry holds them. */
export const answer = async (
  deps: ConsiderDeps,
  about: About,
  who: Who,
): Promise<ExplainedDecision> => {
  const now = deps.log.now()
  const { use } = about
  const { judged } = await judgeUse(deps, about, who, now)
  return explainTerms(judged, use, now)
}

/** All terms of one version with what each custodian knows of somebody and has settled. */
const judgeUse = async (
  deps: ConsiderDeps,
  { version, use }: About,
  { approvals = [], settled = [], holder = null, ...person }: Who,
  now: number,
) => {
  const terms = await deps.termsOf(version)
  const { account } = person
  const by = [account, holder]
  const factsFor = ({ dataset, community }: CustodianTerms, own: boolean) =>
    collectFacts(deps, {
      ...person,
      // One council says yes once, to the work and to what it was made from at home.
      ...(approvals.includes(community) ? { councilApproval: 'approved' } : {}),
      ...(own ? {} : { origin: { dataset, use, by } }),
      community,
      asking: { dataset, community, purposes: use.purposes },
      now,
    })
  const settledFor = await settling(deps, terms, { account, by, settled, use, now })
  return { terms, judged: await judge(terms, factsFor, settledFor) }
}

/** What a yes of the councils that are taken to have said it would have to settle besides. */
export const wouldSettle = async (
  deps: ConsiderDeps,
  about: About,
  who: Who,
): Promise<readonly SettledClauses[]> => {
  const { approvals: communities = [] } = who
  const { terms, judged } = await judgeUse(deps, about, who, deps.log.now())
  return toSettle(terms, judged, { communities, use: about.use })
}

/** Considers a use before anybody asks for it; writes nothing. */
export const consider = async (
  deps: ConsiderDeps,
  actor: Actor | null,
  input: PrecheckInput,
): Promise<Considered | null> => {
  const found = await findVersion(deps, actor, input.dataset, input.version)
  if (!found) return null
  const about = { ...found, use: input.use }
  const account = actor?.account.id ?? null
  const who = { account, declared: input.facts, acceptedDuties: input.acceptedDuties }
  return { ...about, ...(await answer(deps, about, who)) }
}
