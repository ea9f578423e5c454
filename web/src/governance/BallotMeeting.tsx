import { useState } from 'react'
import {
  type BallotProposalFragment,
  ConfirmMinuteDocument,
  EnterMinuteDocument,
} from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { SelectField, TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Card, Details, Section, Table } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { DataParagraphs, DataText, Digest, Instant } from '../ui/Text.tsx'
import { ballotChoices } from './ballot-page.ts'

type Part = { readonly proposal: BallotProposalFragment }
type Minute = BallotProposalFragment['minutes'][number]

/** Votes by hand or on paper: entered by one steward from the minute, confirmed by another. */
export function BallotMeeting({ proposal }: Part) {
  const t = useT(ballot)
  const { minutes, viewerCanAssist, roll } = proposal
  if (minutes.length === 0 && !viewerCanAssist.allowed) return null
  return (
    <Section title={t('meeting.title')}>
      <p>{t('meeting.lead')}</p>
      {minutes.map((minute) => (
        <EnteredMinute key={minute.id} proposal={proposal.id} minute={minute} />
      ))}
      {viewerCanAssist.allowed && roll && <MinuteForm proposal={proposal.id} roll={roll} />}
    </Section>
  )
}

function EnteredMinute({
  proposal,
  minute,
}: {
  readonly proposal: string
  readonly minute: Minute
}) {
  const t = useT(ballot)
  const words = useT(shared)
  const format = useFormat()
  const command = useCommand(ConfirmMinuteDocument, (data) => data.confirmMinute)
  const confirm = () => command.send({ input: { proposal, minute: minute.id } })
  return (
    <Card>
      <p>
        <Tag tone={minute.confirmedAt ? 'good' : 'wait'}>
          {minute.confirmedAt ? t('meeting.confirmed') : t('meeting.unconfirmed')}
        </Tag>{' '}
        {t('meeting.count', { count: minute.ballotCount })}
        {' · '}
        <Instant iso={minute.at} />
        {' · '}
        <Link to={`/log/entries/${minute.entry}`}>
          {t('vote.mineEntry', { entry: String(minute.entry) })}
        </Link>
      </p>
      <p>
        {t('meeting.digest')} <Digest value={minute.digest} />
      </p>
      {minute.enteredBy && <p>{t('meeting.by', { name: minute.enteredBy })}</p>}
      {minute.confirmedBy && <p>{t('meeting.confirmedBy', { name: minute.confirmedBy })}</p>}
      {minute.text && <DataParagraphs text={minute.text} />}
      {minute.ballots && (
        <Table
          caption={t('meeting.ballots')}
          head={[t('roll.member'), t('roll.choice'), t('roll.reason')]}
          rows={minute.ballots.map(({ member, name, choice, reason }) => ({
            key: member,
            cells: [
              <DataText key="name">{name || member}</DataText>,
              words.code('choice', choice),
              <DataText key="reason">{reason ?? ''}</DataText>,
            ],
          }))}
        />
      )}
      <CommandAnswer command={command} />
      {minute.viewerCanConfirm.allowed && (
        <ButtonRow>
          <Button look="primary" busy={command.busy} onClick={confirm}>
            {t('meeting.confirm', { count: format.number(minute.ballotCount) })}
          </Button>
        </ButtonRow>
      )}
    </Card>
  )
}

interface MinuteFormProps {
  readonly proposal: string
  readonly roll: NonNullable<BallotProposalFragment['roll']>
}

function MinuteForm({ proposal, roll }: MinuteFormProps) {
  const t = useT(ballot)
  const words = useT(shared)
  const command = useCommand(EnterMinuteDocument, (data) => data.enterMinute)
  const empty: { text: string; said: Readonly<Record<string, string>> } = { text: '', said: {} }
  const draft = useDraft(`minute.${proposal}`, empty)
  const { text, said } = draft.value
  const [tried, setTried] = useState(false)
  const ballots = roll.flatMap(({ member }) => {
    const choice = ballotChoices.find((one) => one === said[member])
    return choice ? [{ member, choice, reason: choice === 'object' ? text.trim() : null }] : []
  })
  const faulty = text.trim().length < SHORTEST || ballots.length === 0
  const send = async () => {
    setTried(true)
    if (faulty) return
    if (await command.send({ input: { proposal, text: text.trim(), ballots } })) {
      draft.clear()
      setTried(false)
    }
  }
  return (
    <Details summary={t('meeting.enter')}>
      <p>{t('meeting.enterText')}</p>
      <Form onSubmit={send}>
        <TextArea
          id="minute"
          label={t('meeting.minute')}
          hint={t('meeting.minuteHelp')}
          rows={6}
          value={text}
          error={tried && text.trim().length < SHORTEST ? t('problem.minute') : undefined}
          onChange={(event) => draft.change({ text: event.currentTarget.value })}
        />
        {roll.map(({ member, name }, index) => (
          <SelectField
            key={member}
            id={`said-${member}`}
            label={name || member}
            empty={t('meeting.nothing')}
            choices={ballotChoices.map((one) => ({
              value: one,
              label: words.code('choice', one),
            }))}
            error={tried && index === 0 && ballots.length === 0 ? t('problem.said') : undefined}
            value={said[member] ?? ''}
            onChange={(event) =>
              draft.change({ said: { ...said, [member]: event.currentTarget.value } })
            }
          />
        ))}
        <CommandAnswer command={command} />
        <ButtonRow>
          <Button type="submit" look="primary" busy={command.busy}>
            {t('meeting.submit')}
          </Button>
        </ButtonRow>
      </Form>
    </Details>
  )
}

/** A minute that says less than this says nothing. */
const SHORTEST = 20
