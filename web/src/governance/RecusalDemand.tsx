import { useState } from 'react'
import { type BallotProposalFragment, RequireRecusalDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { SelectField, TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Details } from '../ui/Page.tsx'

/** Asks that another member stands aside; with enough who ask, they do. */
export function RecusalDemand({ proposal }: { readonly proposal: BallotProposalFragment }) {
  const t = useT(ballot)
  const command = useCommand(RequireRecusalDocument, (data) => data.requireRecusal)
  const draft = useDraft(`demand.${proposal.id}`, { member: '', reason: '' })
  const { member, reason } = draft.value
  const [tried, setTried] = useState(false)
  const [sent, setSent] = useState(false)
  const lacking = member === '' || reason.trim() === ''
  const send = async () => {
    setTried(true)
    const input = { proposal: proposal.id, member, reason: reason.trim() }
    if (lacking || !(await command.send({ input }))) return
    draft.clear()
    setTried(false)
    setSent(true)
  }
  const choices = (proposal.roll ?? []).map((one) => ({ value: one.member, label: one.name }))
  return (
    <Details summary={t('demand.title')}>
      <p>{t('demand.text')}</p>
      <Form onSubmit={send}>
        <SelectField
          id="aside"
          label={t('demand.member')}
          empty={t('demand.nobody')}
          choices={choices}
          error={tried && member === '' ? t('problem.aside') : undefined}
          value={member}
          onChange={(event) => draft.change({ member: event.currentTarget.value })}
        />
        <TextArea
          id="aside-reason"
          label={t('acts.reason')}
          rows={3}
          value={reason}
          error={tried && reason.trim() === '' ? t('problem.act') : undefined}
          onChange={(event) => draft.change({ reason: event.currentTarget.value })}
        />
        <CommandAnswer command={command} />
        {sent && <p role="status">{t('demand.sent')}</p>}
        <ButtonRow>
          <Button type="submit" busy={command.busy}>
            {t('demand.confirm')}
          </Button>
        </ButtonRow>
      </Form>
    </Details>
  )
}
