import { RegisterDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { people } from '../i18n/areas/people.ts'
import { useT } from '../i18n/use-t.ts'
import { Page } from '../ui/Page.tsx'
import { Link, useLocation, useNavigate } from '../ui/router.tsx'
import { nextPath, type Registration } from './credentials.ts'
import { RegistrationForm } from './RegistrationForm.tsx'

export function RegisterPage() {
  const t = useT(people)
  const { search } = useLocation()
  const navigate = useNavigate()
  const command = useCommand(RegisterDocument, (data) => data.register)
  const register = async (input: Registration) => {
    if (await command.send({ input })) await navigate(nextPath(search), { replace: true })
  }
  return (
    <Page title={t('register.title')} lead={t('register.lead')} narrow>
      <RegistrationForm submit={t('register.submit')} command={command} onSubmit={register} />
      <p>
        <Link to={`/sign-in${search}`}>{t('register.toSignIn')}</Link>
      </p>
    </Page>
  )
}
