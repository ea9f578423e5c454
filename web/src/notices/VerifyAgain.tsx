import { useState } from 'react'
import { SendVerificationDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { notices } from '../i18n/areas/notices.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Notice } from '../ui/Notice.tsx'

/** Says that nobody has confirmed the address yet, and sends the letter once more. */
export function VerifyAgain({ email }: { readonly email: string }) {
  const t = useT(notices)
  const command = useCommand(SendVerificationDocument, (data) => data.sendVerification)
  const [sent, setSent] = useState(false)
  const again = async () => setSent((await command.send({})) !== null)
  return (
    <Notice tone="wait" title={t('verify.title', { email })}>
      <p>{t('verify.text')}</p>
      <CommandAnswer command={command} />
      {sent && <p role="status">{t('verify.sent')}</p>}
      <ButtonRow>
        <Button busy={command.busy} onClick={() => void again()}>
          {t('verify.again')}
        </Button>
      </ButtonRow>
    </Notice>
  )
}
