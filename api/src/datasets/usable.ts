import {
  ACTIONS,
  ACTOR_KINDS,
  DUTY_KINDS,
  evaluate,
  explainDecision,
  type Facts,
  isCountry,
  type Licence,
  type Outlook,
  outlookOf,
  PURPOSES,
  type Use,
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

/** What a licence says of a use; null for a use outside the vocabulary. `now` is epoch ms. */
export function usable(licence: Licence, described: DescribedUse, now: number): Usable | null {
  const use = useOf(described)
  if (use === null) return null
  const decision = evaluate(licence, factsOf(described), use, now)
  const outlook = outlookOf(decision)
  const reason = explainDecision(licence, decision, 'en')[1] ?? null
  return { outlook, reason: outlook === 'permit' ? null : reason }
}
