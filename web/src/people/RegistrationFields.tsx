import { people } from '../i18n/areas/people.ts'
import { useT } from '../i18n/use-t.ts'
import { TextField } from '../ui/Field.tsx'
import { minPassword, type Registration } from './credentials.ts'

interface RegistrationFieldsProps {
  readonly value: Registration
  readonly onChange: (patch: Partial<Registration>) => void
  readonly error: (field: string) => string | undefined
  readonly emailHint?: string
}

/** Name, address and a new password: for an account of one's own and for an invitation. */
export function RegistrationFields({ value, onChange, error, emailHint }: RegistrationFieldsProps) {
  const t = useT(people)
  return (
    <>
      <TextField
        id="name"
        label={t('field.name')}
        hint={t('field.name.help')}
        autoComplete="name"
        value={value.name}
        error={error('name')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextField
        id="email"
        type="email"
        dir="ltr"
        label={t('field.email')}
        hint={emailHint}
        autoComplete="email"
        value={value.email}
        error={error('email')}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <TextField
        id="password"
        type="password"
        label={t('field.password')}
        hint={t('field.password.help', { count: minPassword })}
        autoComplete="new-password"
        value={value.password}
        error={error('password')}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </>
  )
}
