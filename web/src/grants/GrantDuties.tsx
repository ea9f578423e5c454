import { useState } from 'react'
import { type OwnGrantFragment, ReportDutyDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { grants } from '../i18n/areas/grants.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Tag, type Tone } from '../ui/Notice.tsx'
import { Details } from '../ui/Page.tsx'

type Duty = OwnGrantFragment['duties'][number]

interface GrantDutiesProps {
  readonly grant: OwnGrantFragment
  readonly now: string
}

export function GrantDuties({ grant, now }: GrantDutiesProps) {
  const t = useT(grants)
  return (
    <>
      <h3>{t('duties.title')}</h3>
      {grant.duties.length === 0 && <p>{t('duties.none')}</p>}
      <ul>
        {grant.duties.map((duty) => (
          <li key={`${duty.clause} ${duty.kind}`}>
            <DutyLine duty={duty} now={now} />
            {duty.dueAt && !duty.metAt && grant.state !== 'revoked' && (
              <DutyReport grant={grant.id} duty={duty.kind} />
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function DutyLine({ duty, now }: { readonly duty: Duty; readonly now: string }) {
  const words = useT(shared)
  const said = useDutyState(duty, now)
  return (
    <>
      <strong>{words.code('duty', duty.kind)}</strong> <Tag tone={said.tone}>{said.text}</Tag>
      <br />
      <span dir="auto">{duty.text}</span>
    </>
  )
}

function useDutyState(duty: Duty, now: string): { readonly tone: Tone; readonly text: string } {
  const t = useT(grants)
  const format = useFormat()
  const { dueAt, metAt, overdue } = duty
  if (metAt) return { tone: 'good', text: t('duties.met', { day: format.day(metAt) }) }
  if (!dueAt) return { tone: 'note', text: t('duties.always') }
  const day = format.day(dueAt)
  return overdue
    ? { tone: 'bad', text: t('duties.overdue', { day }) }
    : { tone: 'wait', text: t('duties.due', { day, distance: format.distance(dueAt, now) }) }
}

interface DutyReportProps {
  readonly grant: string
  readonly duty: string
}

function DutyReport({ grant, duty }: DutyReportProps) {
  const t = useT(grants)
  const command = useCommand(ReportDutyDocument, (data) => data.reportDuty)
  const [evidence, setEvidence] = useState('')
  const [tried, setTried] = useState(false)
  const send = () => {
    setTried(true)
    if (evidence.trim()) return command.send({ input: { grant, duty, evidence: evidence.trim() } })
  }
  return (
    <Details summary={t('duties.report')}>
      <Form onSubmit={send}>
        <TextArea
          label={t('duties.evidence')}
          hint={t('duties.evidence.help')}
          rows={3}
          value={evidence}
          error={tried && !evidence.trim() ? t('problem.evidence') : undefined}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
        <CommandAnswer command={command} />
        <ButtonRow>
          <Button type="submit" busy={command.busy}>
            {t('duties.send')}
          </Button>
        </ButtonRow>
      </Form>
    </Details>
  )
}
