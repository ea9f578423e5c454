import type { Language, NoticeKind } from './notice.ts'
import { german } from './words-de.ts'
import { english } from './words-en.ts'

/** What a kind of notice says; `{title}`, `{dataset}`, `{version}`, `{duty}` and `{day}` are filled in. */
export interface KindWords {
  /** For the settings page. */
  readonly name: string
  readonly title: string
  readonly text: string
  /** Names the link that leads there. */
  readonly action: string
}

interface LetterWords {
  readonly subject: string
  readonly text: string
  readonly action: string
  readonly after: string
}

/** Everything the registry writes to people, in one language. */
export interface Words {
  readonly kinds: Readonly<Record<NoticeKind, KindWords>>
  readonly verify: LetterWords
  readonly reset: LetterWords
  readonly invitation: LetterWords
  readonly digest: LetterWords
  readonly greeting: string
  readonly ballotLink: string
  readonly ballotLinkAfter: string
  readonly why: string
  readonly unsubscribe: string
  readonly settings: string
  /** Said of a translation nobody has checked; empty for the source. */
  readonly unchecked: string
  readonly aDataset: string
  readonly aProposal: string
}

const ALL: Readonly<Record<Language, Words>> = { en: english, de: german }

export const wordsIn = (language: Language): Words => ALL[language]

/** English as the pages write it: day before month, and no noon to take for midnight. */
const REGION: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de' }

/** A day as people write it, in UTC: a letter is read in any time zone. */
export const sayDay = (at: number, language: Language): string =>
  `${new Intl.DateTimeFormat(REGION[language], { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`

/** Fills the holes of a sentence; what has no filling becomes nothing. */
export const fill = (sentence: string, holes: Readonly<Record<string, string>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => holes[name] ?? '')
