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

/** What the register asks for in an address; `unanswered` is a count and no phase. */
export function wantedIn(params: URLSearchParams) {
  const state = filterOf(params.get('state'))
  return {
    community: params.get('community') || null,
    matter: params.get('matter') || null,
    phase: state ? [...decisionFilters[state]] : null,
    unanswered: params.get('state') === 'unanswered',
  }
}

/** The same choice as a file: an address that stays. */
export function csvAddress(params: URLSearchParams): string {
  const { community, matter, phase, unanswered } = wantedIn(params)
  const asked = new URLSearchParams()
  if (community) asked.set('community', community)
  if (matter) asked.set('matter', matter)
  for (const one of phase ?? []) asked.append('phase', one)
  if (unanswered) asked.set('unanswered', '1')
  return `/decisions.csv${asked.size > 0 ? `?${asked}` : ''}`
}

export const filterOf = (name: string | null): DecisionFilter | undefined =>
  filterNames.find((one) => one === name)
