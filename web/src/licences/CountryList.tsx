import { builder } from '../i18n/areas/builder.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Group } from '../ui/Choices.tsx'
import { CountryOptions, countryName } from '../ui/CountryOptions.tsx'
import { Field } from '../ui/Field.tsx'
import css from './Builder.module.css'

interface CountryListProps {
  readonly id: string
  readonly legend: string
  readonly hint: string
  readonly error?: string
  readonly value: readonly string[]
  readonly onChange: (codes: readonly string[]) => void
}

/** Countries by name: those chosen, each with a way out, and all others to add. */
export function CountryList({ id, value, onChange, ...group }: CountryListProps) {
  const t = useT(builder)
  const { code: locale } = useLocale()
  return (
    <div id={id}>
      <Group {...group}>
        <ul className={css.chips}>
          {value.map((code) => (
            <li key={code}>
              {countryName(code, locale)}{' '}
              <Button look="plain" onClick={() => onChange(value.filter((one) => one !== code))}>
                {t('remove')}
                <span className="visually-hidden"> {countryName(code, locale)}</span>
              </Button>
            </li>
          ))}
        </ul>
        <Field label={t('countries.add')}>
          {(control) => (
            <select
              {...control}
              value=""
              onChange={({ currentTarget }) =>
                onChange([...new Set([...value, currentTarget.value])].filter(Boolean))
              }
            >
              <option value="">{t('countries.choose')}</option>
              <CountryOptions />
            </select>
          )}
        </Field>
      </Group>
    </div>
  )
}
