import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import css from './Field.module.css'
import type { Choice } from './Field.tsx'

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly framed?: boolean
  readonly type?: 'checkbox' | 'radio'
}

/** One box to tick, its whole line a target. */
export function Checkbox({ label, hint, framed, type = 'checkbox', ...input }: CheckboxProps) {
  return (
    <label className={classes(css.choice, framed && css.framed)}>
      <input {...input} type={type} />
      <span>
        <span className={css.choiceText}>{label}</span>
        {hint && <span className={css.choiceHint}>{hint}</span>}
      </span>
    </label>
  )
}

interface GroupProps {
  readonly legend: ReactNode
  readonly hint?: ReactNode
  readonly error?: string
  readonly children: ReactNode
  /** Short choices stand in two columns where there is room. */
  readonly columns?: boolean
}

/** Controls that answer one question together. */
export function Group({ legend, hint, error, columns, children }: GroupProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <fieldset className={css.group} aria-describedby={described || undefined}>
      <legend className={css.legend}>{legend}</legend>
      {hint && (
        <p className={css.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className={css.error} id={`${id}-error`}>
          {error}
        </p>
      )}
      {columns ? <div className={css.two}>{children}</div> : children}
    </fieldset>
  )
}

interface ChoiceGroupProps extends Omit<GroupProps, 'children'> {
  readonly name: string
  readonly choices: readonly Choice[]
  readonly framed?: boolean
}

interface CheckboxGroupProps extends ChoiceGroupProps {
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

/** Any number of choices; `value` holds those that are ticked, in the order of `choices`. */
export function CheckboxGroup({
  name,
  choices,
  framed,
  value,
  onChange,
  ...group
}: CheckboxGroupProps) {
  const toggle = (one: string, on: boolean) =>
    onChange(choices.map((c) => c.value).filter((v) => (v === one ? on : value.includes(v))))
  return (
    <Group {...group}>
      {choices.map(({ value: one, label, hint, disabled }) => (
        <Checkbox
          key={one}
          name={name}
          value={one}
          label={label}
          hint={hint}
          framed={framed}
          disabled={disabled}
          checked={value.includes(one)}
          onChange={(event) => toggle(one, event.currentTarget.checked)}
        />
      ))}
    </Group>
  )
}

interface RadioGroupProps extends ChoiceGroupProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Exactly one choice. */
export function RadioGroup({ name, choices, framed, value, onChange, ...group }: RadioGroupProps) {
  return (
    <Group {...group}>
      {choices.map(({ value: one, label, hint, disabled }) => (
        <Checkbox
          key={one}
          type="radio"
          name={name}
          value={one}
          label={label}
          hint={hint}
          framed={framed}
          disabled={disabled}
          checked={value === one}
          onChange={() => onChange(one)}
        />
      ))}
    </Group>
  )
}
