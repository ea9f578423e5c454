import type { ProposalPhase } from '../graphql/generated.ts'

/** What the register can be narrowed to: several phases mean one thing to a reader. */
export const decisionFilters = {
  open: ['deliberation', 'open'],
  waiting: ['standstill', 'appealed', 'enactable'],
  enacted: ['enacted'],
  refused: ['rejected', 'inquorate', 'vetoed', 'annulled'],
  other: ['withdrawn', 'expired'],
} as const satisfies Record<string, readonly ProposalPhase[]>

export type DecisionFilter = keyof typeof decisionFilters

export const filterNames: readonly DecisionFilter[] = [
  'open',
  'waiting',
  'enacted',
  'refused',
  'other',
]

export const filterOf = (name: string | null): DecisionFilter | undefined =>
  filterNames.find((one) => one === name)
