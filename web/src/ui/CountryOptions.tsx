import { useLocale } from '../i18n/use-t.ts'
import { countryCodes } from './countries.ts'

interface Country {
  readonly code: string
  readonly name: string
}

const lists = new Map<string, readonly Country[]>()

/** Every country by its name in a language, in that order; worked out once for each language. */
function countriesIn(locale: string): readonly Country[] {
  const known = lists.get(locale)
  if (known) return known
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'region' })
  const made = countryCodes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  lists.set(locale, made)
  return made
}

/** The name of a country; the bare code when there is none. */
export const countryName = (code: string, locale: string): string =>
  countriesIn(locale).find((country) => country.code === code)?.name ?? code

/** Every country as an option, named in the reader's language. */
export function CountryOptions() {
  return countriesIn(useLocale().code).map(({ code, name }) => (
    <option key={code} value={code} suppressHydrationWarning>
      {name}
    </option>
  ))
}
