import { useState } from 'react'
import { TalkFirst } from '../governance/TalkFirst.tsx'
import { AnswerDutyDocument, ProposeWaiverDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { grants } from '../i18n/areas/grants.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

interface DutyOf {
  readonly grant: string
  readonly duty: string
}

/** Accepts what was handed in, or returns it with words. */
export function DutyAnswer({ grant, duty }: DutyOf) {
  const t = useT(grants)
  const command = useCommand(AnswerDutyDocument, (data) => data.answerDuty)
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const answer = (accepted: boolean) => {
    setTried(!accepted)
    if (!accepted && words.trim() === '') return
    return command.send({ input: { grant, duty, accepted, words: words.trim() || null } })
  }
  return (
    <Form onSubmit={() => answer(true)}>
      <TextArea
        label={t('answer.words')}
        hint={t('answer.words.help')}
        optional
        rows={2}
        value={words}
        error={tried && words.trim() === '' ? t('problem.words') : undefined}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" look="primary" busy={command.busy}>
          {t('answer.accept')}
        </Button>
        <Button busy={command.busy} onClick={() => answer(false)}>
          {t('answer.return')}
        </Button>
      </ButtonRow>
    </Form>
  )
}

/** Puts before the council that a holder is let off; the words are public. */
export function DutyWaiver({ grant, duty }: DutyOf) {
  const t = useT(grants)
  const command = useCommand(ProposeWaiverDocument, (data) => data.proposeWaiver)
  const [reason, setReason] = useState('')
  const [deliberate, setDeliberate] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const send = async () => {
    setTried(true)
    if (reason.trim() === '') return
    const input = { grant, duty, reason: reason.trim(), deliberate }
    const answer = await command.send({ input })
    setMade(answer?.proposeWaiver.proposal?.id ?? null)
  }
  if (made) {
    return (
      <Notice tone="good" live>
        <p>
          <Link to={`/decisions/${made}/ballot`}>{t('waiver.made')}</Link>
        </p>
      </Notice>
    )
  }
  return (
    <Details summary={t('waiver.title')}>
      <Form onSubmit={send}>
        <TextArea
          label={t('waiver.reason')}
          hint={t('waiver.help')}
          rows={2}
          value={reason}
          error={tried && reason.trim() === '' ? t('problem.reason') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TalkFirst checked={deliberate} onChange={setDeliberate} />
        <CommandAnswer command={command} />
        <ButtonRow>
          <Button type="submit" busy={command.busy}>
            {t('waiver.send')}
          </Button>
        </ButtonRow>
      </Form>
    </Details>
  )
}
