import { useState } from 'react'
import type { PermissionTextFragment } from '../graphql/generated.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/Choices.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Details } from '../ui/Page.tsx'
import { Instant } from '../ui/Text.tsx'
import type { ActCommand } from './ActForm.tsx'
import { appealGrounds } from './ballot-page.ts'

interface AppealFormProps {
  readonly proposal: string
  /** When the time for it is over. */
  readonly until: string | null
  readonly permission: PermissionTextFragment
  readonly command: ActCommand
  readonly onSend: (grounds: string, reason: string) => Promise<unknown>
}

export function AppealForm({ proposal, until, permission, command, onSend }: AppealFormProps) {
  const t = useT(ballot)
  const draft = useDraft(`appeal.${proposal}`, { grounds: '', reason: '' })
  const { grounds, reason } = draft.value
  const [tried, setTried] = useState(false)
  const send = async () => {
    setTried(true)
    if (!grounds || !reason.trim()) return
    if (await onSend(grounds, reason.trim())) draft.clear()
  }
  return (
    <Details summary={t('appeal.title')}>
      <p>{t('appeal.text')}</p>
      {permission.allowed && until && (
        <p>
          {t('appeal.until')} <Instant iso={until} />
        </p>
      )}
      {permission.allowed ? (
        <Form onSubmit={send}>
          <RadioGroup
            name="grounds"
            legend={t('appeal.grounds')}
            choices={appealGrounds.map((value) => ({ value, label: t(`grounds.${value}`) }))}
            value={grounds}
            error={tried && !grounds ? t('problem.grounds') : undefined}
            onChange={(chosen) => draft.change({ grounds: chosen })}
          />
          <TextArea
            label={t('acts.reason')}
            rows={3}
            value={reason}
            error={tried && !reason.trim() ? t('problem.act') : undefined}
            onChange={(event) => draft.change({ reason: event.currentTarget.value })}
          />
          <CommandAnswer command={command} />
          <ButtonRow>
            <Button type="submit" busy={command.busy}>
              {t('appeal.confirm')}
            </Button>
          </ButtonRow>
        </Form>
      ) : (
        <p>{permission.message}</p>
      )}
    </Details>
  )
}
