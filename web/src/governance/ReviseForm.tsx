import { useState } from 'react'
import { type BallotProposalFragment, ReviseProposalDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { TextArea, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Details } from '../ui/Page.tsx'

/** Other words in place of those that stand, while the proposal is talked over. */
export function ReviseForm({ proposal }: { readonly proposal: BallotProposalFragment }) {
  const t = useT(ballot)
  const { id, title, text, returned } = proposal
  const command = useCommand(ReviseProposalDocument, (data) => data.reviseProposal)
  const draft = useDraft(`revise.${id}`, { title, text })
  const { value, change } = draft
  const [tried, setTried] = useState(false)
  const blank = value.title.trim() === '' || value.text.trim() === ''
  const send = async () => {
    setTried(true)
    const input = { proposal: id, title: value.title.trim(), text: value.text.trim() }
    if (!blank && (await command.send({ input }))) draft.clear()
  }
  return (
    <Details summary={t('revise.title')} open={returned !== null}>
      <p>{t('revise.text')}</p>
      <Form onSubmit={send}>
        <TextField
          id="title"
          label={t('revise.field.title')}
          value={value.title}
          error={tried && value.title.trim() === '' ? t('problem.words') : undefined}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <TextArea
          id="words"
          label={t('revise.field.text')}
          rows={8}
          value={value.text}
          error={tried && value.text.trim() === '' ? t('problem.words') : undefined}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <CommandAnswer command={command} />
        <ButtonRow>
          <Button type="submit" look="primary" busy={command.busy}>
            {t('revise.confirm')}
          </Button>
        </ButtonRow>
      </Form>
    </Details>
  )
}
