import { type ReactNode, useState } from 'react'
import { TalkFirst } from '../governance/TalkFirst.tsx'
import {
  ProposeReopeningDocument,
  type StewardDatasetFragment,
  SuspendDatasetDocument,
} from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { assemble } from '../i18n/areas/assemble.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { ActsFor } from './ActsFor.tsx'

/** Closing is one person's step and works at once; opening again is always the council's. */
export function SuspendPanel({ dataset }: { readonly dataset: StewardDatasetFragment }) {
  if (dataset.suspended) return <Reopen dataset={dataset} suspended={dataset.suspended} />
  return dataset.viewerCanSuspend ? <Suspend dataset={dataset} /> : null
}

function Suspend({ dataset }: { readonly dataset: StewardDatasetFragment }) {
  const t = useT(assemble)
  const command = useCommand(SuspendDatasetDocument, (data) => data.suspendDataset)
  return (
    <Section title={t('suspend.title')}>
      <p>{t('suspend.text')}</p>
      <ActsFor dataset={dataset} />
      <ReasonForm
        name={`suspend.${dataset.id}`}
        label={t('suspend.reason')}
        submit={t('suspend.submit')}
        danger
        command={command}
        onSend={(reason) => command.send({ input: { dataset: dataset.id, reason } })}
      />
    </Section>
  )
}

interface ReopenProps {
  readonly dataset: StewardDatasetFragment
  readonly suspended: NonNullable<StewardDatasetFragment['suspended']>
}

function Reopen({ dataset, suspended }: ReopenProps) {
  const t = useT(assemble)
  const format = useFormat()
  const command = useCommand(ProposeReopeningDocument, (data) => data.proposeReopening)
  const [proposal, setProposal] = useState<string | null>(null)
  const [deliberate, setDeliberate] = useState(false)
  const ask = async (reason: string) => {
    const data = await command.send({ input: { dataset: dataset.id, reason, deliberate } })
    if (data) setProposal(data.proposeReopening.proposal?.id ?? null)
    return data
  }
  const { since, reason, ratified, ratifyBy } = suspended
  return (
    <Section title={t('suspended.title')}>
      <Notice tone="bad">
        <p dir="auto">{t('suspended.text', { day: format.day(since), reason })}</p>
        <p>
          {ratified
            ? t('suspended.ratified')
            : t('suspended.ratifyBy', { day: format.instant(ratifyBy) })}
        </p>
      </Notice>
      {proposal ? (
        <Notice tone="good" title={t('publish.done')} live>
          <p>
            <Link to={`/decisions/${proposal}/ballot`}>{t('publish.toVote')}</Link>
          </p>
        </Notice>
      ) : (
        <>
          <h3>{t('reopen.title')}</h3>
          <ActsFor dataset={dataset} />
          <ReasonForm
            name={`reopen.${dataset.id}`}
            label={t('reopen.reason')}
            submit={t('reopen.submit')}
            command={command}
            onSend={ask}
          >
            <TalkFirst checked={deliberate} onChange={setDeliberate} />
          </ReasonForm>
        </>
      )}
    </Section>
  )
}

interface ReasonFormProps {
  /** Under which the reason is kept until it has been sent. */
  readonly name: string
  readonly label: string
  readonly submit: string
  readonly danger?: boolean
  readonly command: Parameters<typeof CommandAnswer>[0]['command'] & { readonly busy: boolean }
  readonly onSend: (reason: string) => Promise<unknown>
  /** What else is asked, below the reason. */
  readonly children?: ReactNode
}

function ReasonForm({ name, label, submit, danger, command, ...rest }: ReasonFormProps) {
  const t = useT(assemble)
  const draft = useDraft(name, { reason: '' })
  const { reason } = draft.value
  const [tried, setTried] = useState(false)
  const send = async () => {
    setTried(true)
    if (reason.trim() && (await rest.onSend(reason.trim()))) draft.clear()
  }
  return (
    <Form onSubmit={send}>
      <TextArea
        label={label}
        rows={3}
        value={reason}
        error={tried && !reason.trim() ? t('problem.reason') : undefined}
        onChange={(event) => draft.change({ reason: event.currentTarget.value })}
      />
      {rest.children}
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" look={danger ? 'danger' : 'primary'} busy={command.busy}>
          {submit}
        </Button>
      </ButtonRow>
    </Form>
  )
}
