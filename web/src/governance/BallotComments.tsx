import { useState } from 'react'
import { type BallotProposalFragment, CommentOnProposalDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/Choices.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Card, Section } from '../ui/Page.tsx'
import { DataParagraphs, DataText, Instant } from '../ui/Text.tsx'

interface BallotCommentsProps {
  readonly proposal: BallotProposalFragment
  readonly member: boolean
}

export function BallotComments({ proposal, member }: BallotCommentsProps) {
  const t = useT(ballot)
  const { comments } = proposal
  return (
    <Section title={t('comments.title')}>
      {comments.length === 0 && <p>{t('comments.none')}</p>}
      {comments.map((comment) => (
        <Card key={comment.id}>
          <p>
            <strong>
              <DataText>{comment.author}</DataText>
            </strong>
            {' · '}
            <Instant iso={comment.at} /> {comment.private && <Tag>{t('comments.private')}</Tag>}
          </p>
          <DataParagraphs text={comment.text} />
        </Card>
      ))}
      {member && <CommentForm proposal={proposal.id} inside={proposal.viewerIsInside} />}
    </Section>
  )
}

interface CommentFormProps {
  readonly proposal: string
  /** May also speak among those who decide. */
  readonly inside: boolean
}

export function CommentForm({ proposal, inside }: CommentFormProps) {
  const t = useT(ballot)
  const command = useCommand(CommentOnProposalDocument, (data) => data.comment)
  // Private unless somebody says otherwise: what is said inside a body stays there.
  const { value, change, clear } = useDraft(`comment.${proposal}`, {
    text: '',
    audience: 'private',
  })
  const [tried, setTried] = useState(false)
  const send = async () => {
    setTried(true)
    const text = value.text.trim()
    if (!text) return
    const input = { proposal, text, private: inside && value.audience === 'private' }
    if (await command.send({ input })) {
      clear()
      setTried(false)
    }
  }
  return (
    <Form onSubmit={send}>
      <TextArea
        id="comment"
        label={t('comments.field')}
        rows={3}
        value={value.text}
        error={tried && !value.text.trim() ? t('problem.comment') : undefined}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      {inside && (
        <RadioGroup
          name="audience"
          legend={t('comments.audience')}
          choices={[
            { value: 'private', label: t('comments.audiencePrivate') },
            { value: 'open', label: t('comments.audienceOpen') },
          ]}
          value={value.audience}
          onChange={(audience) => change({ audience })}
        />
      )}
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" busy={command.busy}>
          {t('comments.submit')}
        </Button>
      </ButtonRow>
    </Form>
  )
}
