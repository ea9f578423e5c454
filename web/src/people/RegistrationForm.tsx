import { useState } from 'react'
import { type Refusal, refusedAt } from '../graphql/use-command.ts'
import { people } from '../i18n/areas/people.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { Form } from '../ui/Form.tsx'
import { problemAt, problemList } from '../ui/problem.ts'
import { type Registration, registrationProblems } from './credentials.ts'
import { RegistrationFields } from './RegistrationFields.tsx'

interface RegistrationFormProps {
  readonly submit: string
  readonly emailHint?: string
  readonly command: {
    readonly refused: Refusal | null
    readonly error: string | undefined
    readonly busy: boolean
  }
  readonly onSubmit: (given: Registration) => void
}

export function RegistrationForm({ submit, emailHint, command, onSubmit }: RegistrationFormProps) {
  const t = useT(people)
  const [value, setValue] = useState<Registration>({ name: '', email: '', password: '' })
  const [tried, setTried] = useState(false)
  const problems = tried ? registrationProblems(value) : []
  const send = () => {
    setTried(true)
    if (registrationProblems(value).length === 0) {
      onSubmit({ ...value, name: value.name.trim(), email: value.email.trim() })
    }
  }
  return (
    <Form onSubmit={send}>
      <ErrorSummary errors={problemList(t, problems)} />
      <CommandAnswer command={command} />
      <RegistrationFields
        value={value}
        emailHint={emailHint}
        onChange={(patch) => setValue((old) => ({ ...old, ...patch }))}
        error={(field) => problemAt(t, problems, field) ?? refusedAt(command.refused, field)}
      />
      <ButtonRow>
        <Button type="submit" look="primary" busy={command.busy}>
          {submit}
        </Button>
      </ButtonRow>
    </Form>
  )
}
