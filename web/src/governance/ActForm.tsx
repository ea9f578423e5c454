import { useState } from 'react'
import type { PermissionTextFragment } from '../graphql/generated.ts'
import type { Refusal } from '../graphql/use-command.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Details } from '../ui/Page.tsx'

export type ActCommand = {
  readonly refused: Refusal | null
  readonly error: string | undefined
  readonly busy: boolean
}

interface ActFormProps {
  readonly name: 'open' | 'withdraw' | 'return' | 'recuse' | 'veto' | 'lift'
  readonly proposal: string
  /** `null` when only the registry itself can tell. */
  readonly permission: PermissionTextFragment | null
  readonly command: ActCommand
  readonly asksReason?: boolean
  readonly danger?: boolean
  readonly expanded?: boolean
  /** Resolves to the answer, or to `null` when it was refused or did not arrive. */
  readonly onSend: (reason: string) => Promise<unknown>
}

/** One act on a proposal: what it does, why if a reason is asked, and the button. */
export function ActForm({ name, proposal, permission, command, onSend, ...form }: ActFormProps) {
  const t = useT(ballot)
  const draft = useDraft(`${name}.${proposal}`, { reason: '' })
  const { reason } = draft.value
  const [tried, setTried] = useState(false)
  const lacking = form.asksReason && reason.trim() === ''
  const send = async () => {
    setTried(true)
    if (!lacking && (await onSend(reason.trim()))) draft.clear()
  }
  return (
    <Details summary={t(`${name}.title`)} open={form.expanded && permission?.allowed}>
      <p>{t(`${name}.text`)}</p>
      {permission?.allowed === false ? (
        <p>{permission.message}</p>
      ) : (
        <Form onSubmit={send}>
          {form.asksReason && (
            <TextArea
              label={t('acts.reason')}
              rows={3}
              value={reason}
              error={tried && lacking ? t('problem.act') : undefined}
              onChange={(event) => draft.change({ reason: event.currentTarget.value })}
            />
          )}
          <CommandAnswer command={command} />
          <ButtonRow>
            <Button type="submit" look={form.danger ? 'danger' : 'primary'} busy={command.busy}>
              {t(`${name}.confirm`)}
            </Button>
          </ButtonRow>
        </Form>
      )}
    </Details>
  )
}
