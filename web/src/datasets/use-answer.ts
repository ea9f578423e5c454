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
  meet,
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

const uniqueTexts = (said: readonly Explanation[]): readonly Explanation[] => [
  ...new Map(said.map((one) => [one.text, one])).values(),
]

const unreadable: UseAnswer = { outcome: 'unreadable', headline: '', reasons: [], duties: [] }

/**
 * What the licence says of a use, by the same functions that guard the download; with a newer version
 * of it beside, both have to agree. `now` in ms.
 */
export function answerUse(
  documents: readonly unknown[],
  question: UseQuestion,
  now: number,
  locale: string,
): UseAnswer {
  const parsed = documents.map((document) => parseLicence(document))
  const licences = parsed.flatMap((one) => (one.ok ? [one.licence] : []))
  const purpose = known(PURPOSES, question.purpose)
  const actions = ACTIONS.filter((action) => question.actions.includes(action))
  if (licences.length < documents.length || !purpose || actions.length === 0) return unreadable
  const use = { actions, purposes: [purpose] }
  const answers = licences.map((licence) => {
    const decision = evaluate(licence, factsOf(question), use, now)
    return { decision, said: explainDecision(licence, decision, locale) }
  })
  const decision = meet(answers.map((answer) => answer.decision))
  const deciding = answers.filter((answer) => answer.decision.decision === decision.decision)
  const [first, ...reasons] = uniqueTexts(deciding.flatMap(({ said }) => said))
  return {
    outcome: outlookOf(decision),
    headline: first?.text ?? '',
    reasons: decision.decision === 'permit' ? [] : reasons,
    duties: decision.duties.map(({ kind, withinDays }) => ({ kind, days: withinDays })),
  }
}
