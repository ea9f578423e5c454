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
import { SelectField, TextArea, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details } from '../ui/Page.tsx'
import { missing, problemAt } from '../ui/problem.ts'
import { Link } from '../ui/router.tsx'
import { ActsFor } from './ActsFor.tsx'
import { artefacts, embargoInstant } from './version-draft.ts'

interface PublishFormProps {
  readonly version: StewardVersionFragment
  readonly dataset: StewardDatasetFragment
}

/** What is published can at least be known; to seal it again is another decision. */
const publishStages = [1, 2, 3, 4, 5] as const

const rungs = [0, ...publishStages]

type Artefacts = Readonly<Record<string, string>>
const noArtefacts: Artefacts = {}

const empty = {
  stage: '',
  artefacts: noArtefacts,
  embargo: '',
  reason: '',
  deliberate: false,
}

const publishProblems = ({ stage, reason }: typeof empty) =>
  missing<AssembleKey>([
    ['stage', stage, 'problem.stage'],
    ['publishReason', reason, 'problem.reason'],
  ])

const artefactsOf = ({ files }: StewardVersionFragment) =>
  artefacts.filter((one) => files.some(({ artefact }) => artefact === one))

const toPublicationInput = (
  dataset: string,
  version: StewardVersionFragment,
  { stage, artefacts: chosen = {}, embargo, reason, deliberate }: typeof empty,
) => ({
  dataset,
  manifestDigest: version.manifestDigest,
  stage: Number(stage),
  artefacts: artefactsOf(version)
    .filter((one) => chosen[one] && Number(chosen[one]) <= Number(stage))
    .map((artefact) => ({ artefact, stage: Number(chosen[artefact]) })),
  embargoUntil: embargoInstant(embargo),
  reason: reason.trim(),
  deliberate,
})

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
    const data = await command.send({ input: toPublicationInput(dataset.id, version, value) })
    if (!data) return
    setProposal(data.proposePublication.proposal?.id ?? null)
    clear()
  }
  if (proposal) return <Asked proposal={proposal} />
  return (
    <Details
      summary={t(version.publishedAt ? 'publish.change' : 'publish.open', {
        version: version.version,
      })}
    >
      <ActsFor dataset={dataset} />
      <Form onSubmit={send}>
        <StageChoice
          stage={value.stage}
          error={problemAt(t, problems, 'stage') ?? refusedAt(command.refused, 'stage')}
          onChange={(stage) => change({ stage })}
        />
        {artefactsOf(version).map((one) => (
          <ArtefactStage
            key={one}
            artefact={one}
            stage={value.artefacts?.[one] ?? ''}
            highest={Number(value.stage || 5)}
            onChange={(stage) => change({ artefacts: { ...value.artefacts, [one]: stage } })}
          />
        ))}
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

interface ArtefactStageProps {
  readonly artefact: (typeof artefacts)[number]
  readonly stage: string
  /** The rung of the dataset: no part of it is opened further. */
  readonly highest: number
  readonly onChange: (stage: string) => void
}

function ArtefactStage({ artefact, stage, highest, onChange }: ArtefactStageProps) {
  const t = useT(assemble)
  const words = useT(shared)
  return (
    <SelectField
      label={t('publish.artefact', { artefact: words(`artefact.${artefact}`) })}
      empty={t('publish.artefact.rest')}
      choices={rungs
        .filter((one) => one <= highest)
        .map((one) => ({ value: String(one), label: words.code('stage', String(one)) }))}
      value={Number(stage) <= highest ? stage : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
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
