import {
  ACTIONS,
  ACTOR_KINDS,
  DUTY_KINDS,
  type DutyKind,
  type Explanation,
  evaluate,
  evaluateTerms,
  explainDecision,
  type Facts,
  isCountry,
  type JudgedPart,
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

/** The terms of the dataset or of one it was made from, as the registry gives them. */
export interface TermsPart {
  /** `any`: one custodian is enough; everything else asks all of them. */
  readonly rule: string
  readonly custodians: readonly { readonly licences: readonly { readonly document: unknown }[] }[]
}

/** Null when one of the documents is not of the profile. */
function readTerms(parts: readonly TermsPart[], facts: Facts): readonly JudgedPart[] | null {
  let readable = true
  const terms = parts.map(({ rule, custodians }) => ({
    rule: rule === 'any' ? ('any' as const) : ('all' as const),
    custodians: custodians.map(({ licences }) => ({
      facts,
      licences: licences.flatMap(({ document }) => {
        const parsed = parseLicence(document)
        readable &&= parsed.ok
        return parsed.ok ? [parsed.licence] : []
      }),
    })),
  }))
  return readable ? terms : null
}

/**
 * What the terms say of a use, by the same functions that guard the download: a newer version of the
 * licence, and the licences of what it was made from, have to agree. `now` in ms.
 */
export function answerUse(
  parts: readonly TermsPart[],
  question: UseQuestion,
  now: number,
  locale: string,
): UseAnswer {
  const facts = factsOf(question)
  const terms = readTerms(parts, facts)
  const purpose = known(PURPOSES, question.purpose)
  const actions = ACTIONS.filter((action) => question.actions.includes(action))
  if (!terms || !purpose || actions.length === 0) return unreadable
  const use = { actions, purposes: [purpose] }
  const licences = terms.flatMap((part) => part.custodians.flatMap((one) => one.licences))
  const answers = licences.map((licence) => {
    const decision = evaluate(licence, facts, use, now)
    return { decision, said: explainDecision(licence, decision, locale) }
  })
  const decision = evaluateTerms(terms, use, now)
  const deciding = answers.filter((answer) => answer.decision.decision === decision.decision)
  const [first, ...reasons] = uniqueTexts(deciding.flatMap(({ said }) => said))
  return {
    outcome: outlookOf(decision),
    headline: first?.text ?? '',
    reasons: decision.decision === 'permit' ? [] : reasons,
    duties: decision.duties.map(({ kind, withinDays }) => ({ kind, days: withinDays })),
  }
}
