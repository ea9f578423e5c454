import { useState } from 'react'
import { SignInDocument } from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { people } from '../i18n/areas/people.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { problemAt, problemList } from '../ui/problem.ts'
import { Link, useLocation, useNavigate } from '../ui/router.tsx'
import { nextPath, signInProblems } from './credentials.ts'

export function SignInPage() {
  const t = useT(people)
  const { search } = useLocation()
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} narrow>
      <SignInForm next={nextPath(search)} refused={new URLSearchParams(search).has('refused')} />
      <p>
        <Link to={`/register${search}`}>{t('signIn.toRegister')}</Link> ·{' '}
        <a href="/forgot">{t('signIn.forgot')}</a>
      </p>
    </Page>
  )
}

interface SignInFormProps {
  readonly next: string
  /** The form was sent without a script, and the registry said no. */
  readonly refused: boolean
}

function SignInForm({ next, refused }: SignInFormProps) {
  const t = useT(people)
  const navigate = useNavigate()
  const command = useCommand(SignInDocument, (data) => data.signIn)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const problems = tried ? signInProblems({ email, password }) : []
  const error = (field: string) =>
    problemAt(t, problems, field) ?? refusedAt(command.refused, field)
  const signIn = async () => {
    setTried(true)
    if (signInProblems({ email, password }).length > 0) return
    const input = { email: email.trim(), password }
    if (await command.send({ input })) await navigate(next, { replace: true })
  }
  return (
    <Form onSubmit={signIn} action="/sign-in">
      <input type="hidden" name="next" value={next} />
      {refused && !tried && (
        <Notice tone="bad" live>
          <p>{t('signIn.refused')}</p>
        </Notice>
      )}
      <ErrorSummary errors={problemList(t, problems)} />
      <CommandAnswer command={command} />
      <TextField
        id="email"
        name="email"
        type="email"
        dir="ltr"
        label={t('field.email')}
        autoComplete="username"
        value={email}
        error={error('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <TextField
        id="password"
        name="password"
        type="password"
        label={t('field.password')}
        autoComplete="current-password"
        value={password}
        error={error('password')}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <ButtonRow>
        <Button type="submit" look="primary" busy={command.busy}>
          {t('signIn.submit')}
        </Button>
      </ButtonRow>
    </Form>
  )
}
