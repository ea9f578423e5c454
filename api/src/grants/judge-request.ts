import type { Action, Purpose, Use } from '../../../policies/index.ts'
import { collectFacts, type FactsDeps } from './facts.ts'
import type { AccessRequest } from './grants.ts'
import { judge, type ReadTerms } from './terms.ts'

export interface JudgeDeps extends FactsDeps {
  readonly termsOf: ReadTerms
}

/** What a request asks to do, as the kernel reads it. */
export const useOf = ({ actions, purposes }: Pick<AccessRequest, 'actions' | 'purposes'>): Use => ({
  actions: actions as Action[],
  purposes: purposes as Purpose[],
})

/** All terms of what was asked for, with what each custodian knows of who asked. */
export const judgeRequest = async (
  deps: JudgeDeps,
  request: AccessRequest,
  { approved, now }: { readonly approved: readonly string[]; readonly now: number },
) => {
  const terms = await deps.termsOf({ dataset: request.dataset, version: request.version })
  const judged = await judge(terms, (whose, own) =>
    collectFacts(deps, {
      account: request.account,
      community: whose.community,
      declared: request.facts,
      acceptedDuties: request.duties,
      ...(approved.includes(whose.community) ? { councilApproval: 'approved' } : {}),
      ...(own ? {} : { origin: { dataset: whose.dataset, use: useOf(request) } }),
      now,
    }),
  )
  return { terms, judged }
}
