import { ballot } from '../i18n/areas/ballot.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { countryName } from '../ui/CountryOptions.tsx'
import { Facts } from '../ui/Page.tsx'

interface FactListProps {
  readonly title: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** Declared or vouched facts as words; a fact we have no words for is shown as it is. */
export function FactList({ title, facts }: FactListProps) {
  const t = useT(ballot)
  const words = useT(shared)
  const { code: locale } = useLocale()
  const said = (name: string, value: unknown): string => {
    const text = Array.isArray(value) ? value.join(', ') : String(value)
    if (name === 'country') return countryName(text, locale)
    return name === 'actorKind' ? words.code('actor', text) : t.code('yesNo', text)
  }
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== '')
  if (known.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <Facts facts={known.map(([name, value]) => [t.code('fact', name), said(name, value)])} />
    </>
  )
}
