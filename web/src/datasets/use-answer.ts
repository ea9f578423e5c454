import {
  ACTIONS,
  ACTOR_KINDS,
  DUTY_KINDS,
  type DutyKind,
  type Explanation,
  evaluate,
  explainDecision,
  type Facts,
  isCountry,
  type Outlook,
  outlookOf,
  PURPOSES,
  parseLicence,
} from '../../../policies/index.ts'

/** What the form holds; an empty text means "not said". */
export interface UseQuestion {
  readonly purpose: string
  readonly actorKind: string
  readonly commercialTie: string
  readonly country: string
  readonly actions: readonly string[]
}

export interface UseAnswer {
  /** `unreadable`: the licence document is not of the profile we can evaluate. */
  readonly outcome: Outlook | 'unreadable'
  readonly headline: string
  /** Clause by clause: why, and what would change it. */
  readonly reasons: readonly Explanation[]
  /** Kinds of duty that come with the use, with their time limit if they have one. */
  readonly duties: readonly { readonly kind: DutyKind; readonly days: number | undefined }[]
}

const known = <T extends string>(words: readonly T[], word: string): T | undefined =>
  words.find((one) => one === word)

function factsOf({ actorKind, commercialTie, country }: UseQuestion): Facts {
  return {
    actorKind: known(ACTOR_KINDS, actorKind),
    commercialTie: known(['yes', 'no'] as const, commercialTie),
    country: isCountry(country) ? country : undefined,
    // Whoever asks what is allowed wants to hear the duties, not be refused for not having promised.
    acceptedDuties: DUTY_KINDS,
  }
}

const unreadable: UseAnswer = { outcome: 'unreadable', headline: '', reasons: [], duties: [] }

/** What the licence says of a use, by the same functions that guard the download. `now` in ms. */
export function answerUse(
  document: unknown,
  question: UseQuestion,
  now: number,
  locale: string,
): UseAnswer {
  const parsed = parseLicence(document)
  const purpose = known(PURPOSES, question.purpose)
  const actions = ACTIONS.filter((action) => question.actions.includes(action))
  if (!parsed.ok || !purpose || actions.length === 0) return unreadable
  const decision = evaluate(
    parsed.licence,
    factsOf(question),
    { actions, purposes: [purpose] },
    now,
  )
  const [first, ...reasons] = explainDecision(parsed.licence, decision, locale)
  return {
    outcome: outlookOf(decision),
    headline: first?.text ?? '',
    reasons: decision.decision === 'permit' ? [] : reasons,
    duties: decision.duties.map(({ kind, withinDays }) => ({ kind, days: withinDays })),
  }
}
