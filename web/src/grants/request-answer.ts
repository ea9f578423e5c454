import {
  ACTIONS,
  ACTOR_KINDS,
  type Decision,
  DUTY_KINDS,
  type Explanation,
  evaluate,
  explainDecision,
  type Facts,
  isCountry,
  type Licence,
  PURPOSES,
  parseLicence,
} from '../../../policies/index.ts'
import type { RequestDraft } from './request-draft.ts'

/** What the page knows about the one who asks without asking: the registry knows more. */
export type Standing = { readonly member: boolean }

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

const factsOf = (draft: RequestDraft, { member }: Standing): Facts => ({
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

/**
 * The answer of the licence while the form is being filled, by the functions that guard the
 * download. `now` is epoch milliseconds. `null` while there is no action, or the licence is not of
 * the profile these pages can read: then only the registry can tell.
 */
export function answerRequest(
  document: unknown,
  draft: RequestDraft,
  standing: Standing,
  { now, locale }: { readonly now: number; readonly locale: string },
): RequestAnswer | null {
  const parsed = parseLicence(document)
  const actions = some(ACTIONS, draft.actions)
  if (!parsed.ok || actions.length === 0) return null
  const use = { actions, purposes: some(PURPOSES, draft.purposes) }
  const decision = evaluate(parsed.licence, factsOf(draft, standing), use, now)
  return {
    decision,
    reasons: explainDecision(parsed.licence, decision, locale),
    duties: dutiesOf(parsed.licence, decision),
  }
}

function dutiesOf(licence: Licence, decision: Decision): RequestAnswer['duties'] {
  const all = licence.permissions.flatMap((rule) => rule.duties)
  const kinds = new Set([...decision.duties.map(({ kind }) => kind), ...decision.needs.agreement])
  return [...kinds].map((kind) => {
    const terms = [...decision.duties, ...all].filter((duty) => duty.kind === kind)
    return { kind, withinDays: terms[0]?.withinDays ?? null }
  })
}
