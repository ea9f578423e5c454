export interface Locale {
  readonly code: string
  /** Its own name for itself. */
  readonly name: string
  readonly dir: 'ltr' | 'rtl'
  /** True while no speaker has checked the translation. */
  readonly draft: boolean
}

export const english: Locale = { code: 'en', name: 'English', dir: 'ltr', draft: false }

/**
 * Languages of the pages. A draft covers general text only: words of licences and ballots stay
 * English until a speaker has checked them.
 */
export const locales: readonly Locale[] = [
  english,
  { code: 'de', name: 'Deutsch', dir: 'ltr', draft: true },
]

/** Made-up languages that show untranslated, clipped or misdirected text. */
export const testLocales: readonly Locale[] = [
  { code: 'en-XA', name: 'Accented', dir: 'ltr', draft: true },
  { code: 'ar-XB', name: 'Mirrored', dir: 'rtl', draft: true },
]

/** The best language we have for a BCP 47 tag: exact, then the bare language, then English. */
export function localeFor(tag: string): Locale {
  const all = [...locales, ...testLocales]
  const bare = tag.split('-')[0]
  return (
    all.find(({ code }) => code === tag) ?? locales.find(({ code }) => code === bare) ?? english
  )
}
