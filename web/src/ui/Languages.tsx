import { useLocale } from '../i18n/use-t.ts'

const names = new Map<string, Intl.DisplayNames>()

/** The name of a language as the platform knows it; the bare tag when it does not. */
export function languageName(tag: string, locale: string): string {
  try {
    const known = names.get(locale) ?? new Intl.DisplayNames([locale, 'en'], { type: 'language' })
    names.set(locale, known)
    return known.of(tag) ?? tag
  } catch {
    return tag
  }
}

/** Languages of a dataset, by name. Platforms differ in rare names, so the browser may keep ours. */
export function Languages({ tags }: { readonly tags: readonly string[] }) {
  const { code } = useLocale()
  return tags.map((tag, index) => (
    <span key={tag} suppressHydrationWarning>
      {index > 0 && ', '}
      {languageName(tag, code)}
    </span>
  ))
}
