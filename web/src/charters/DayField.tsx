import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import { Checkbox } from '../ui/Choices.tsx'
import { TextField } from '../ui/Field.tsx'
import css from './Charters.module.css'

interface DayFieldProps {
  readonly label: string
  /** Days after the close; null: it does not happen. */
  readonly value: number | null
  /** The day to begin with. */
  readonly start: number
  readonly onChange: (day: number | null) => void
}

/** Days and quarters of a day, from 0 on. */
export const dayOf = (text: string): number =>
  Math.min(Math.max(Math.round((Number(text) || 0) * 4) / 4, 0), 3650)

/** Something that may happen after the close, and when. */
export function DayField({ label, value, start, onChange }: DayFieldProps) {
  const t = useT(charters)
  return (
    <div>
      <Checkbox
        label={label}
        checked={value !== null}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? start : null)}
      />
      {value !== null && (
        <div className={css.inner}>
          <TextField
            type="number"
            min={0}
            step={0.25}
            label={t('try.afterClose', { what: label })}
            value={value}
            onChange={({ currentTarget }) => onChange(dayOf(currentTarget.value))}
          />
        </div>
      )}
    </div>
  )
}
