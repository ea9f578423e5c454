import { useState } from 'react'
import { type GrantDutyFragment, ReportDutyDocument } from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { grants } from '../i18n/areas/grants.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { TextArea, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Details } from '../ui/Page.tsx'

interface DutyReportProps {
  readonly grant: string
  readonly duty: GrantDutyFragment
}

/** The form by which a holder shows that a duty was kept; its lines come with the duty. */
export function DutyReport({ grant, duty }: DutyReportProps) {
  const t = useT(grants)
  const command = useCommand(ReportDutyDocument, (data) => data.reportDuty)
  const [lines, setLines] = useState<Readonly<Record<string, string>>>({})
  const [tried, setTried] = useState(false)
  const given = (name: string) => lines[name]?.trim() ?? ''
  const lacking = duty.form.filter(({ name, required }) => required && given(name) === '')
  const send = () => {
    setTried(true)
    if (lacking.length > 0) return
    const evidence = duty.form
      .map(({ name }) => ({ field: name, text: given(name) }))
      .filter(({ text }) => text !== '')
    return command.send({ input: { grant, duty: duty.kind, evidence } })
  }
  const missing = (name: string) => tried && lacking.some((field) => field.name === name)
  return (
    <Details summary={t('duties.report')}>
      <p>{t('duties.evidence.help')}</p>
      <Form onSubmit={send}>
        {duty.form.map(({ name, form, required }) => {
          const field = {
            label: t.code('evidence', name),
            optional: !required,
            value: lines[name] ?? '',
            error: missing(name)
              ? t('problem.evidence')
              : refusedAt(command.refused, `evidence.${name}`),
            onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
              setLines({ ...lines, [name]: event.currentTarget.value }),
          }
          if (form === 'text') return <TextArea key={name} rows={3} {...field} />
          return (
            <TextField key={name} type={form === 'sha256' ? 'text' : form} dir="ltr" {...field} />
          )
        })}
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
