import { english } from './messages-en.ts'
import type { Action, ActorKind, DutyKind, Purpose, Territory } from './vocabulary.ts'

/** A statement about the reader, and its opposite. */
export interface Phrase {
  readonly is: (list: string) => string
  readonly isNot: (list: string) => string
}

/**
 * The words one language says a licence in. Conditions are said as clauses that fit behind "if":
 * "you are a member". What a licence itself says is told only in words that people have checked.
 */
export interface Messages {
  /** BCP 47. */
  readonly lang: string
  /** No speaker has checked these words yet. */
  readonly draft: boolean
  readonly actions: Readonly<Record<Action, string>>
  readonly everyUse: string
  readonly purposes: Readonly<Record<Purpose, string>>
  readonly actorKinds: Readonly<Record<ActorKind, string>>
  readonly territories: Readonly<Record<Territory, string>>
  readonly months: readonly string[]
  readonly duties: Readonly<Record<DutyKind, string>>
  /** `a, b or c`. */
  readonly anyOf: (items: readonly string[]) => string
  readonly allOf: (items: readonly string[]) => string
  /** Whole clauses joined, where a plain "or" could be read into one of them. */
  readonly eitherOf: (clauses: readonly string[]) => string
  readonly bothOf: (clauses: readonly string[]) => string
  readonly within: (days: number) => string
  readonly day: (day: number, month: string, year: number, time: string | undefined) => string
  readonly conditions: {
    readonly purpose: Phrase
    readonly actorKind: Phrase
    readonly territory: Phrase
    readonly commercialTie: Readonly<Record<'yes' | 'no', string>>
    readonly control: Readonly<Record<'region' | 'elsewhere', string>>
    readonly ethicsApproval: Readonly<Record<'yes' | 'no', string>>
    readonly councilApproval: Readonly<Record<'approved' | 'rejected' | 'lapsed', string>>
    readonly notApproved: string
    readonly councilRefused: Readonly<Record<'yes' | 'no', string>>
    readonly membership: Readonly<Record<'member' | 'none', string>>
    readonly benefitAgreement: Readonly<Record<'signed' | 'none', string>>
    readonly identityAtLeast: readonly string[]
    readonly identityLevel: (comparison: string) => string
    readonly noneOverdue: string
    readonly overdue: (comparison: string) => string
    readonly month: Phrase
    readonly since: (day: string) => string
    readonly before: (day: string) => string
    readonly after: (day: string) => string
    readonly upTo: (day: string) => string
    readonly on: (day: string) => string
    readonly accepted: (duty: string) => string
    readonly notAccepted: (duty: string) => string
    readonly people: string
    readonly notSettled: string
    /** By a vote, what these clauses leave to people. */
    readonly settled: (clauses: string) => string
    readonly action: Phrase
  }
  readonly comparisons: Readonly<
    Record<'eq' | 'neq' | 'lt' | 'lteq' | 'gt' | 'gteq', (number: string) => string>
  >
  readonly may: (actions: string) => string
  readonly onlyIf: (condition: string) => string
  readonly councilOnlyIf: (condition: string) => string
  readonly mayNot: (actions: string) => string
  readonly mayNotIf: (actions: string, condition: string) => string
  readonly must: (duty: string) => string
  readonly peopleDecide: (statement: string) => string
  readonly countries: (territory: string, codes: string) => string
  /** Which list tells the rich countries, and since when (a date). */
  readonly economies: (source: string, from: string) => string
  readonly answers: {
    readonly permit: string
    readonly deny: string
    readonly denyForNow: string
    readonly refer: string
    readonly changesAt: (day: string) => string
    readonly barred: (rule: string) => string
    readonly mightBeBarred: (rule: string) => string
    readonly missing: (condition: string) => string
    readonly way: (steps: string) => string
    readonly otherWay: (steps: string) => string
    readonly noWay: string
    /** In place of it, where nothing but an earlier no of the council stands in the way. */
    readonly councilAgain: string
  }
  /** Claims, and single requests that show or refute one; without a condition it is about all. */
  readonly claims: {
    readonly never: (actions: string, condition: string | undefined) => string
    readonly onlyIf: (actions: string, condition: string | undefined, needed: string) => string
    readonly always: (actions: string, condition: string | undefined) => string
    readonly may: (actions: string, condition: string | undefined) => string
    readonly mayNot: (actions: string, condition: string | undefined) => string
  }
  /** What a new version of a licence changes; not every request of the group need be changed. */
  readonly changes: {
    readonly wider: (actions: string, condition: string | undefined) => string
    readonly narrower: (actions: string, condition: string | undefined) => string
    readonly example: (sentence: string) => string
  }
  readonly steps: {
    readonly tell: Readonly<Record<string, string>>
    readonly makeSure: (condition: string) => string
    readonly promise: (duty: string) => string
    readonly sign: string
    readonly vote: string
    /** A clause that only people can apply. */
    readonly settle: string
    /** What no clause places: a purpose or a country that is on no list. */
    readonly people: string
    readonly wait: (condition: string) => string
    readonly cannot: (condition: string) => string
  }
}

/** The words for claims about a licence and for what a new version changes; a draft may do for them. */
export type ClaimMessages = Pick<
  Messages,
  | 'lang'
  | 'draft'
  | 'actions'
  | 'everyUse'
  | 'purposes'
  | 'actorKinds'
  | 'territories'
  | 'months'
  | 'duties'
  | 'anyOf'
  | 'allOf'
  | 'bothOf'
  | 'within'
  | 'day'
  | 'conditions'
  | 'comparisons'
  | 'must'
  | 'claims'
  | 'changes'
>

const CATALOGUES: readonly Messages[] = [english]

/** The catalogue for a BCP 47 tag: exact, then by its first subtag, then English. */
export function messagesFor(locale: string): Messages {
  const wanted = locale.toLowerCase()
  const [language] = wanted.split('-')
  return (
    CATALOGUES.find(({ lang }) => lang === wanted) ??
    CATALOGUES.find(({ lang }) => lang === language) ??
    english
  )
}

/** The words for claims: those given, which may be a draft, or the checked ones of a language. */
export const claimMessagesFor = (locale: string | ClaimMessages): ClaimMessages =>
  typeof locale === 'string' ? messagesFor(locale) : locale
