import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import css from './Field.module.css'

interface Described {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong and how to put it right. */
  readonly error?: string
  /** Marks the field as optional; fields are required unless they say so. */
  readonly optional?: boolean
}

interface Control {
  readonly id: string
  readonly className: string | undefined
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean | undefined
}

interface FieldProps extends Described {
  readonly id?: string
  readonly children: (control: Control) => ReactNode
}

/** Label, hint and error around one control of your own. */
export function Field({ label, hint, error, optional, id, children }: FieldProps) {
  const t = useT(shared)
  const own = useId()
  const name = id ?? own
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={name}>
        {label}
        {optional && <span className={css.optional}> ({t('form.optional')})</span>}
      </label>
      {hint && (
        <p className={css.hint} id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className={css.error} id={`${name}-error`}>
          {error}
        </p>
      )}
      {children({
        id: name,
        className: css.input,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
      })}
    </div>
  )
}

export function TextField({
  label,
  hint,
  error,
  optional,
  ...input
}: Described & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} id={input.id}>
      {(control) => <input type="text" dir="auto" {...input} {...control} />}
    </Field>
  )
}

export function TextArea({
  label,
  hint,
  error,
  optional,
  ...input
}: Described & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} id={input.id}>
      {(control) => <textarea rows={5} dir="auto" {...input} {...control} />}
    </Field>
  )
}

export interface Choice {
  readonly value: string
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

interface SelectFieldProps extends Described, SelectHTMLAttributes<HTMLSelectElement> {
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  /** First line that stands for "nothing chosen yet". */
  readonly empty?: string
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  choices,
  empty,
  ...input
}: SelectFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} id={input.id}>
      {(control) => (
        <select {...input} {...control}>
          {empty !== undefined && <option value="">{empty}</option>}
          {choices.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
