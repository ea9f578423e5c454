import {
  ACTIONS,
  ACTOR_KINDS,
  DUTY_KINDS,
  evaluate,
  evaluateTerms,
  explainDecision,
  type Facts,
  isCountry,
  type JudgedPart,
  meet,
  type Outlook,
  outlookOf,
  PURPOSES,
  speaking,
  type Use,
  type WorkTerms,
} from '../../../policies/index.ts'

/** A use as somebody describes it, before any of it is known to be in the vocabulary. */
export interface DescribedUse {
  readonly purpose: string
  readonly actions?: readonly string[] | null
  readonly actorKind?: string | null
  readonly commercialTie?: string | null
  readonly country?: string | null
}

export interface Usable {
  readonly outlook: Outlook
  readonly reason: { readonly clause: string; readonly text: string } | null
}

const known = <T extends string>(words: readonly T[], word: unknown): T | undefined =>
  words.find((one) => one === word)

function useOf({ purpose, actions }: DescribedUse): Use | null {
  const named = actions?.length ? actions : ['download']
  const wanted = ACTIONS.filter((action) => named.includes(action))
  const goal = known(PURPOSES, purpose)
  if (goal === undefined || wanted.length < new Set(named).size) return null
  return { actions: wanted, purposes: [goal] }
}

/** Whoever looks around is told what is possible once the ordinary steps are taken. */
const factsOf = ({ actorKind, commercialTie, country }: DescribedUse): Facts => ({
  actorKind: known(ACTOR_KINDS, actorKind),
  commercialTie: known(['yes', 'no'] as const, commercialTie),
  country: country && isCountry(country) ? country : undefined,
  identityAssurance: 2,
  acceptedDuties: DUTY_KINDS,
})

/** What the first licence that does not permit says of the use. */
function reasonOf(judged: readonly JudgedPart[], use: Use, now: number): Usable['reason'] {
  const answers = speaking(judged, use, now).flatMap(({ licences, facts }) =>
    licences.map((licence) => ({ licence, decision: evaluate(licence, facts, use, now) })),
  )
  const worst = meet(answers.map(({ decision }) => decision)).decision
  const refusing = answers.find(({ decision }) => decision.decision === worst)
  return refusing ? (explainDecision(refusing.licence, refusing.decision, 'en')[1] ?? null) : null
}

/** What the terms say of a use; null for a use outside the vocabulary. `now` is epoch ms. */
export function usable(terms: WorkTerms, described: DescribedUse, now: number): Usable | null {
  const use = useOf(described)
  if (use === null) return null
  const facts = factsOf(described)
  const judged = terms.map(({ rule, custodians }) => ({
    rule,
    custodians: custodians.map(({ licences }) => ({ licences, facts })),
  }))
  const outlook = outlookOf(evaluateTerms(judged, use, now))
  return { outlook, reason: outlook === 'permit' ? null : reasonOf(judged, use, now) }
}
