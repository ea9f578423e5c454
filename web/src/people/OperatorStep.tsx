import { people } from '../i18n/areas/people.ts'
import { setUp } from '../i18n/areas/set-up.ts'
import { useT } from '../i18n/use-t.ts'
import { TextField } from '../ui/Field.tsx'
import { minPassword } from './credentials.ts'
import type { StepProps } from './SetUpStepFields.tsx'

interface OperatorStepProps extends StepProps {
  readonly password: string
  readonly onPassword: (password: string) => void
}

export function OperatorStep({ draft, onChange, error, password, onPassword }: OperatorStepProps) {
  const t = useT(setUp)
  const words = useT(people)
  return (
    <>
      <p>{t('operator.lead')}</p>
      <TextField
        id="operatorName"
        label={words('field.name')}
        autoComplete="name"
        value={draft.operatorName}
        error={error('operatorName')}
        onChange={(event) => onChange({ operatorName: event.currentTarget.value })}
      />
      <TextField
        id="operatorEmail"
        type="email"
        dir="ltr"
        label={words('field.email')}
        autoComplete="email"
        value={draft.operatorEmail}
        error={error('operatorEmail')}
        onChange={(event) => onChange({ operatorEmail: event.currentTarget.value })}
      />
      <TextField
        id="password"
        type="password"
        label={words('field.password')}
        hint={words('field.password.help', { count: minPassword })}
        autoComplete="new-password"
        value={password}
        error={error('password')}
        onChange={(event) => onPassword(event.currentTarget.value)}
      />
    </>
  )
}
