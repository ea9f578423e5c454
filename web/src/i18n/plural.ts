export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'

const always = (): PluralForm => 'other'
const oneOther = (count: number): PluralForm => (count === 1 ? 'one' : 'other')
const zeroIsOne = (count: number): PluralForm => (count === 0 || count === 1 ? 'one' : 'other')

function arabic(count: number): PluralForm {
  if (count === 0) return 'zero'
  if (count === 1) return 'one'
  if (count === 2) return 'two'
  const rest = count % 100
  if (rest >= 3 && rest <= 10) return 'few'
  return rest >= 11 ? 'many' : 'other'
}

// Own table: browsers carry no plural rules for several of these languages and fall back in silence.
const rules: Record<string, (count: number) => PluralForm> = {
  ar: arabic,
  fr: zeroIsOne,
  ig: always,
  mi: always,
  yo: always,
  zu: zeroIsOne,
}

/** The plural form that a language uses for a count; two forms where we know nothing better. */
export function pluralForm(locale: string, count: number): PluralForm {
  const language = locale.split('-')[0] ?? locale
  return (rules[language] ?? oneOther)(count)
}
