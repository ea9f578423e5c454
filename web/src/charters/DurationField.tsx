import { parseDuration } from '../../../policies/rules/governance.ts'
import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import { Field } from '../ui/Field.tsx'
import css from './Charters.module.css'

const MINUTE = 60_000
export const units = [
  ['days', 1440 * MINUTE],
  ['hours', 60 * MINUTE],
  ['minutes', MINUTE],
] as const
export type Unit = (typeof units)[number][0]

/** ISO 8601 as the charter keeps it. */
export const writeDuration = (count: number, unit: Unit): string =>
  ({ days: `P${count}D`, hours: `PT${count}H`, minutes: `PT${count}M` })[unit]

/** The unit it was written in, else the largest in which it is a whole number. */
export function readDuration(text: string): { readonly count: number; readonly unit: Unit } {
  const plain = units.find(([unit]) => writeDuration(numberIn(text), unit) === text)
  if (plain) return { count: numberIn(text), unit: plain[0] }
  const ms = parseDuration(text) ?? 0
  const [unit, size] = units.find(([, one]) => ms % one === 0) ?? units[2]
  return { count: Math.round(ms / size), unit }
}

const numberIn = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0)

interface DurationFieldProps {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly error?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

const MOST = 99_999
const isUnit = (text: string): text is Unit => units.some(([unit]) => unit === text)

/** A number and its unit. */
export function DurationField({ id, label, hint, error, value, onChange }: DurationFieldProps) {
  const t = useT(charters)
  const { count, unit } = readDuration(value)
  const put = (next: number, of: Unit) =>
    onChange(writeDuration(Math.min(Math.max(Math.trunc(next) || 0, 0), MOST), of))
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {(control) => (
        <div className={css.pair}>
          <input
            {...control}
            type="number"
            inputMode="numeric"
            min={0}
            max={MOST}
            value={count}
            onChange={({ currentTarget }) => put(Number(currentTarget.value), unit)}
          />
          <select
            className={control.className}
            aria-label={t('unit.label', { field: label })}
            value={unit}
            onChange={({ currentTarget }) => {
              if (isUnit(currentTarget.value)) put(count, currentTarget.value)
            }}
          >
            {units.map(([name]) => (
              <option key={name} value={name}>
                {t(`unit.${name}`)}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  )
}
