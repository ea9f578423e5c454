import type { Action, Purpose, Use } from '../../../policies/index.ts'
import { collectFacts, type FactsDeps } from './facts.ts'
import type { AccessRequest } from './grants.ts'
import { settling } from './settled.ts'
import type { SettledClauses } from './settlement.ts'
import { type FactsFor, judge, type ReadTerms } from './terms.ts'

export interface JudgeDeps extends FactsDeps {
  readonly termsOf: ReadTerms
}

/** What a request asks to do, as the kernel reads it. */
export const useOf = ({ actions, purposes }: Pick<AccessRequest, 'actions' | 'purposes'>): Use => ({
  actions: actions as Action[],
  purposes: purposes as Purpose[],
})

export interface Judging {
  /** The communities whose councils have voted for it. */
  readonly approved: readonly string[]
  /** What their votes have settled that a licence leaves to people. */
  readonly settled?: readonly SettledClauses[]
  readonly now: number
}

/** All terms of what was asked for, with what each custodian knows of who asked. */
export const judgeRequest = async (
  deps: JudgeDeps,
  request: AccessRequest,
  { approved, settled = [], now }: Judging,
) => {
  const { dataset, version, account } = request
  const terms = await deps.termsOf({ dataset, version })
  const use = useOf(request)
  const by = [account]
  const settledFor = await settling(deps, terms, { account, by, settled, use, now })
  const factsFor: FactsFor = (whose, own) =>
    collectFacts(deps, {
      account,
      community: whose.community,
      declared: request.facts,
      acceptedDuties: request.duties,
      ...(approved.includes(whose.community) ? { councilApproval: 'approved' } : {}),
      ...(own ? {} : { origin: { dataset: whose.dataset, use, by } }),
      now,
    })
  return { terms, judged: await judge(terms, factsFor, settledFor) }
}
