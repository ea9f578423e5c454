import {
  ACTIONS,
  ACTOR_KINDS,
  type Decision,
  DUTY_KINDS,
  type Explanation,
  evaluate,
  evaluateTerms,
  explainDecision,
  type Facts,
  isCountry,
  type JudgedPart,
  type Licence,
  dutiesOf as licenceDuties,
  mergeDuties,
  PURPOSES,
  parseLicence,
  speaking,
} from '../../../policies/index.ts'
import type { RequestDraft } from './request-draft.ts'

/** What the page knows about the one who asks without asking: the registry knows more. */
export type Standing = {
  /** Ids of the communities they belong to. */
  readonly memberOf: readonly string[]
}

/** The terms of the dataset or of one it was made from, as the registry gives them. */
export interface AskedTerms {
  /** `any`: one custodian is enough; everything else asks all of them. */
  readonly rule: string
  readonly custodians: readonly {
    readonly community: { readonly id: string }
    readonly licences: readonly { readonly document: unknown }[]
  }[]
}

export type RequestAnswer = {
  readonly decision: Decision
  readonly reasons: readonly Explanation[]
  /** Duties that come with the use, each once, with the days they leave. */
  readonly duties: readonly { readonly kind: string; readonly withinDays: number | null }[]
}

const one = <T extends string>(words: readonly T[], word: string): T | undefined =>
  words.find((known) => known === word)
const some = <T extends string>(words: readonly T[], given: readonly string[]): readonly T[] =>
  words.filter((known) => given.includes(known))

const factsOf = (draft: RequestDraft, member: boolean): Facts => ({
  actorKind: one(ACTOR_KINDS, draft.actorKind),
  commercialTie: one(['yes', 'no'] as const, draft.commercialTie),
  country: isCountry(draft.country) ? draft.country : undefined,
  control: one(['region', 'elsewhere'] as const, draft.control),
  ethicsApproval: one(['yes', 'no'] as const, draft.ethicsApproval),
  acceptedDuties: some(DUTY_KINDS, draft.duties),
  membership: member ? 'member' : undefined,
  // Who is signed in has an address the registry wrote to; more only the council can vouch for.
  identityAssurance: 1,
})

/** Null when one of the documents is not of the profile. A seat counts in its own community. */
function judgedTerms(
  parts: readonly AskedTerms[],
  draft: RequestDraft,
  { memberOf }: Standing,
): readonly JudgedPart[] | null {
  let readable = true
  const licencesOf = (documents: readonly { readonly document: unknown }[]) =>
    documents.flatMap(({ document }) => {
      const parsed = parseLicence(document)
      readable &&= parsed.ok
      return parsed.ok ? [parsed.licence] : []
    })
  const judged = parts.map(({ rule, custodians }) => ({
    rule: rule === 'any' ? ('any' as const) : ('all' as const),
    custodians: custodians.map(({ community, licences }) => ({
      licences: licencesOf(licences),
      facts: factsOf(draft, memberOf.includes(community.id)),
    })),
  }))
  return readable ? judged : null
}

const unique = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
]

/**
 * The answer of the terms while the form is being filled, by the functions that guard the download:
 * the licences of all who keep the dataset, joined by its rule, and of what it was made from. `now`
 * is epoch milliseconds. `null` while there is no action, or a licence is not of the profile these
 * pages can read: then only the registry can tell.
 */
export function answerRequest(
  parts: readonly AskedTerms[],
  draft: RequestDraft,
  standing: Standing,
  { now, locale }: { readonly now: number; readonly locale: string },
): RequestAnswer | null {
  const judged = judgedTerms(parts, draft, standing)
  const actions = some(ACTIONS, draft.actions)
  if (!judged || actions.length === 0) return null
  const use = { actions, purposes: some(PURPOSES, draft.purposes) }
  const decision = evaluateTerms(judged, use, now)
  const said = speaking(judged, use, now).flatMap(({ licences, facts }) =>
    licences.map((licence) => ({ licence, answer: evaluate(licence, facts, use, now) })),
  )
  // A yes of one beside the no of another is no reason for it.
  const deciding = said.filter(({ answer }) => answer.decision === decision.decision)
  return {
    decision,
    reasons: unique(
      deciding.flatMap(({ licence, answer }) => explainDecision(licence, answer, locale)),
      ({ text }) => text,
    ),
    duties: dutiesOf(
      judged.flatMap(({ custodians }) => custodians.flatMap(({ licences }) => licences)),
      decision,
    ),
  }
}

function dutiesOf(licences: readonly Licence[], decision: Decision): RequestAnswer['duties'] {
  const all = mergeDuties(licences.map(licenceDuties))
  const kinds = new Set([...decision.duties.map(({ kind }) => kind), ...decision.needs.agreement])
  return [...kinds].map((kind) => {
    const terms = [...decision.duties, ...all].filter((duty) => duty.kind === kind)
    return { kind, withinDays: terms[0]?.withinDays ?? null }
  })
}
