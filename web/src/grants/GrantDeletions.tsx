import { useState } from 'react'
import { AttestDeletionDocument, type OwnGrantFragment } from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { grants } from '../i18n/areas/grants.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { TextArea, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details } from '../ui/Page.tsx'
import { Digest } from '../ui/Text.tsx'

type Deletion = OwnGrantFragment['deletions'][number]

/** What a holder was asked to delete, and the form by which they say that it is done. */
export function GrantDeletions({ grant }: { readonly grant: OwnGrantFragment }) {
  const t = useT(grants)
  if (grant.deletions.length === 0) return null
  return (
    <>
      <h3>{t('deletion.title')}</h3>
      {grant.deletions.map((deletion) => (
        <OneDeletion key={deletion.id} grant={grant.id} deletion={deletion} />
      ))}
    </>
  )
}

interface OneProps {
  readonly grant: string
  readonly deletion: Deletion
}

function OneDeletion({ grant, deletion }: OneProps) {
  const t = useT(grants)
  const format = useFormat()
  const { cause, units, dueAt, attestedAt, overdue, viewerCanAttest } = deletion
  const day = dueAt ? format.day(dueAt) : ''
  if (attestedAt) return <p>{t('deletion.done', { day: format.day(attestedAt) })}</p>
  return (
    <Notice tone={overdue ? 'bad' : 'wait'}>
      <p>{t.code('deletion', cause)}</p>
      <p>{t(overdue ? 'deletion.late' : 'deletion.until', { day })}</p>
      {units && (
        <Details summary={t('deletion.units')}>
          <ul>
            {units.map((sha256) => (
              <li key={sha256}>
                <Digest value={sha256} />
              </li>
            ))}
          </ul>
        </Details>
      )}
      {viewerCanAttest && <Attest grant={grant} deletion={deletion} />}
    </Notice>
  )
}

const NOTHING = { deleted: '', date: '', models: '' }

function Attest({ grant, deletion }: OneProps) {
  const t = useT(grants)
  const command = useCommand(AttestDeletionDocument, (data) => data.attestDeletion)
  const [lines, setLines] = useState(NOTHING)
  const [tried, setTried] = useState(false)
  const send = () => {
    setTried(true)
    if (!lines.deleted.trim() || !lines.date) return
    return command.send({ input: { grant, task: deletion.id, ...lines } })
  }
  const field = (name: keyof typeof NOTHING) => ({
    value: lines[name],
    error:
      tried && name !== 'models' && !lines[name].trim()
        ? t('deletion.missing')
        : refusedAt(command.refused, name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setLines({ ...lines, [name]: event.currentTarget.value }),
  })
  return (
    <Form onSubmit={send}>
      <TextArea label={t('deletion.deleted')} rows={2} {...field('deleted')} />
      <TextField label={t('deletion.date')} type="date" dir="ltr" {...field('date')} />
      <TextArea
        label={t('deletion.models')}
        hint={t('deletion.modelsHelp')}
        optional
        rows={2}
        {...field('models')}
      />
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" busy={command.busy}>
          {t('deletion.send')}
        </Button>
      </ButtonRow>
    </Form>
  )
}
