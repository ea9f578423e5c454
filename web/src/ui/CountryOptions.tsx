import { useMemo } from 'react'
import { useLocale } from '../i18n/use-t.ts'
import { countryCodes } from './countries.ts'

/** Every country as an option, named in the reader's language and in its order. */
export function CountryOptions() {
  const { code } = useLocale()
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames([code, 'en'], { type: 'region' })
    return countryCodes
      .map((country) => ({ country, name: names.of(country) ?? country }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }, [code])
  return countries.map(({ country, name }) => (
    <option key={country} value={country} suppressHydrationWarning>
      {name}
    </option>
  ))
}
