export interface Locale {
  readonly code: string
  /** Its own name for itself. */
  readonly name: string
  readonly dir: 'ltr' | 'rtl'
  /** True while no speaker has checked the translation. */
  readonly draft: boolean
}

export const english: Locale = { code: 'en', name: 'English', dir: 'ltr', draft: false }

/** Languages of the pages. The last two are made-up ones that show untranslated or clipped text. */
export const locales: readonly Locale[] = [english]

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
