import { AcceptInvitationDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { people } from '../i18n/areas/people.ts'
import { useT } from '../i18n/use-t.ts'
import { Page } from '../ui/Page.tsx'
import { useNavigate, useParams } from '../ui/router.tsx'
import type { Registration } from './credentials.ts'
import { RegistrationForm } from './RegistrationForm.tsx'

export function InvitationPage() {
  const t = useT(people)
  const { code = '' } = useParams()
  const navigate = useNavigate()
  const command = useCommand(AcceptInvitationDocument, (data) => data.acceptInvitation)
  const accept = async (input: Registration) => {
    if (await command.send({ code, input })) await navigate('/inbox', { replace: true })
  }
  return (
    <Page title={t('invitation.title')} lead={t('invitation.lead')} narrow>
      <RegistrationForm
        submit={t('invitation.submit')}
        emailHint={t('field.email.invited')}
        command={command}
        onSubmit={accept}
      />
    </Page>
  )
}
