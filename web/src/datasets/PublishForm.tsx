import { useState } from 'react'
import { TalkFirst } from '../governance/TalkFirst.tsx'
import {
  ProposePublicationDocument,
  type StewardDatasetFragment,
  type StewardVersionFragment,
} from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { type AssembleKey, assemble } from '../i18n/areas/assemble.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/Choices.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { TextArea, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details } from '../ui/Page.tsx'
import { missing, problemAt } from '../ui/problem.ts'
import { Link } from '../ui/router.tsx'
import { ActsFor } from './ActsFor.tsx'
import { embargoInstant } from './version-draft.ts'

interface PublishFormProps {
  readonly version: StewardVersionFragment
  readonly dataset: StewardDatasetFragment
}

/** What is published can at least be known; to seal it again is another decision. */
const publishStages = [1, 2, 3, 4, 5] as const

const empty = { stage: '', embargo: '', reason: '', deliberate: false }

const publishProblems = ({ stage, reason }: typeof empty) =>
  missing<AssembleKey>([
    ['stage', stage, 'problem.stage'],
    ['publishReason', reason, 'problem.reason'],
  ])

export function PublishForm({ version, dataset }: PublishFormProps) {
  const t = useT(assemble)
  const command = useCommand(ProposePublicationDocument, (data) => data.proposePublication)
  const { value, change, clear } = useDraft(`publish.${version.manifestDigest}`, empty)
  const [tried, setTried] = useState(false)
  const [proposal, setProposal] = useState<string | null>(null)
  const problems = tried ? publishProblems(value) : []
  const send = async () => {
    setTried(true)
    if (publishProblems(value).length > 0) return
    const input = {
      dataset: dataset.id,
      manifestDigest: version.manifestDigest,
      stage: Number(value.stage),
      embargoUntil: embargoInstant(value.embargo),
      reason: value.reason.trim(),
      deliberate: value.deliberate,
    }
    const data = await command.send({ input })
    if (!data) return
    setProposal(data.proposePublication.proposal?.id ?? null)
    clear()
  }
  if (proposal) return <Asked proposal={proposal} />
  return (
    <Details summary={t('publish.open', { version: version.version })}>
      <ActsFor dataset={dataset} />
      <Form onSubmit={send}>
        <StageChoice
          stage={value.stage}
          error={problemAt(t, problems, 'stage') ?? refusedAt(command.refused, 'stage')}
          onChange={(stage) => change({ stage })}
        />
        <TextField
          type="date"
          label={t('publish.embargo')}
          hint={t('publish.embargo.help')}
          optional
          value={value.embargo}
          error={refusedAt(command.refused, 'embargoUntil')}
          onChange={(event) => change({ embargo: event.currentTarget.value })}
        />
        <TextArea
          label={t('publish.reason')}
          hint={t('publish.reason.help')}
          value={value.reason}
          error={problemAt(t, problems, 'publishReason') ?? refusedAt(command.refused, 'reason')}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
        <TalkFirst checked={value.deliberate} onChange={(deliberate) => change({ deliberate })} />
        <CommandAnswer command={command} />
        <ButtonRow>
          <Button type="submit" look="primary" busy={command.busy}>
            {t('publish.submit')}
          </Button>
        </ButtonRow>
      </Form>
    </Details>
  )
}

function Asked({ proposal }: { readonly proposal: string }) {
  const t = useT(assemble)
  return (
    <Notice tone="good" title={t('publish.done')} live>
      <p>
        <Link to={`/decisions/${proposal}/ballot`}>{t('publish.toVote')}</Link>
      </p>
    </Notice>
  )
}

interface StageChoiceProps {
  readonly stage: string
  readonly error: string | undefined
  readonly onChange: (stage: string) => void
}

function StageChoice({ stage, error, onChange }: StageChoiceProps) {
  const t = useT(assemble)
  const words = useT(shared)
  return (
    <RadioGroup
      name="stage"
      legend={t('publish.stage')}
      choices={publishStages.map((one) => ({
        value: String(one),
        label: words(`stage.${one}`),
        hint: t(`stage.${one}.help`),
      }))}
      value={stage}
      error={error}
      onChange={onChange}
    />
  )
}
