import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import { Field } from '../ui/Field.tsx'
import css from './Charters.module.css'

interface FractionFieldProps {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly error?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

const MOST = 9999
const whole = (text: string): number => Math.min(Math.max(Math.trunc(Number(text)) || 0, 0), MOST)

/** So many of so many: exact, as the charter keeps it, and never a decimal. */
export function FractionField({ id, label, hint, error, value, onChange }: FractionFieldProps) {
  const t = useT(charters)
  const [part = '1', all = '2'] = value.split('/')
  const number = { type: 'number', inputMode: 'numeric', min: 0, max: MOST } as const
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {(control) => (
        <div className={css.fraction}>
          <input
            {...control}
            {...number}
            value={part}
            onChange={({ currentTarget }) => onChange(`${whole(currentTarget.value)}/${all}`)}
          />
          <span>{t('fraction.of')}</span>
          <input
            {...number}
            className={control.className}
            aria-label={t('fraction.all', { field: label })}
            value={all}
            onChange={({ currentTarget }) => onChange(`${part}/${whole(currentTarget.value)}`)}
          />
        </div>
      )}
    </Field>
  )
}
