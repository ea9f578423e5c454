import { useEffect, useState } from 'react'
import { contribute } from '../i18n/areas/contribute.ts'
import { useT } from '../i18n/use-t.ts'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { type Draft, useDraft } from '../ui/draft.ts'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { problemAt, problemList } from '../ui/problem.ts'
import { DraftNotice, Steps } from '../ui/Steps.tsx'
import { ConsentStep } from './ConsentStep.tsx'
import { ContributeDataset, type ContributeStepProps } from './ContributeDataset.tsx'
import type { HandedIn, Seat } from './ContributePage.tsx'
import { ContributeReview } from './ContributeReview.tsx'
import {
  type ContributeDraft,
  type ContributeStep,
  contributeProblems,
  contributeSteps,
  emptyContribution,
} from './contribute-draft.ts'
import { UploadStep } from './UploadStep.tsx'
import { useHandIn } from './use-hand-in.ts'
import { type Recordings, useRecordings } from './use-recordings.ts'
import { type Uploads, useUploads } from './use-uploads.ts'

interface ContributeWizardProps {
  readonly seats: readonly Seat[]
  /** The dataset a link led here for, or ''. */
  readonly asked: string
  readonly onDone: (done: HandedIn) => void
}

export function ContributeWizard({ seats, asked, onDone }: ContributeWizardProps) {
  const t = useT(contribute)
  const draft = useContributeDraft(seats, asked)
  const { value, change } = draft
  const uploads = useUploads(draft)
  const recordings = useRecordings(value.dataset, uploads)
  const [tried, setTried] = useState(false)
  const { makeDataset, handIn, command } = useHandIn()
  const current = Math.min(value.step, contributeSteps.length - 1)
  const step = contributeSteps[current] ?? 'review'
  const problems = tried ? contributeProblems(step, value, uploads.queue) : []
  const error = (field: string) => problemAt(t, problems, field)
  const go = (to: number) => {
    setTried(false)
    change({ step: to })
  }
  const begin = () => {
    uploads.forget()
    draft.clear()
  }
  const next = async () => {
    setTried(true)
    const faulty = contributeSteps.findIndex(
      (one, index) => index <= current && contributeProblems(one, value, uploads.queue).length > 0,
    )
    if (faulty >= 0) return faulty === current ? undefined : change({ step: faulty })
    if (step === 'dataset' && value.dataset === '') {
      const dataset = await makeDataset(value)
      if (!dataset) return
      setTried(false)
      return change({ dataset: dataset.id, step: current + 1 })
    }
    if (step !== 'review') return go(current + 1)
    const done = await handIn(value, uploads.queue)
    if (!done) return
    await recordings.handedIn(uploads.queue.items.map(({ path }) => path))
    onDone({ ...done, title: value.title })
    begin()
  }
  return (
    <>
      <DraftNotice restored={draft.restored} onClear={begin} />
      <Steps
        labels={contributeSteps.map((one) => t(`step.${one}`))}
        current={current}
        onStep={go}
        onNext={next}
        finish={t('finish')}
        busy={command.busy}
      >
        <ErrorSummary errors={problemList(t, problems)} />
        <StepFields
          {...{ step, seats, uploads, recordings, error }}
          draft={value}
          onChange={change}
        />
        <CommandAnswer command={command} />
      </Steps>
    </>
  )
}

interface StepFieldsProps extends ContributeStepProps {
  readonly step: ContributeStep
  readonly seats: readonly Seat[]
  readonly uploads: Uploads
  readonly recordings: Recordings
}

function StepFields({ step, seats, uploads, recordings, ...fields }: StepFieldsProps) {
  const { draft, error } = fields
  switch (step) {
    case 'dataset':
      return <ContributeDataset {...fields} seats={seats} />
    case 'files':
      return (
        <UploadStep
          uploads={uploads}
          recordings={recordings}
          dataset={draft.dataset}
          kind={draft.kind}
          error={error('files')}
        />
      )
    case 'consent':
      return <ConsentStep {...fields} files={uploads.queue.items.map(({ path }) => path)} />
    case 'review':
      return <ContributeReview draft={draft} queue={uploads.queue} />
  }
}

/** A draft that starts from what a link asked for, and from the only community there is. */
function useContributeDraft(seats: readonly Seat[], asked: string): Draft<ContributeDraft> {
  const draft = useDraft('contribute', emptyContribution)
  const { change, value } = draft
  const known = seats.flatMap(({ datasets }) => datasets).find(({ id }) => id === asked)
  const only = seats.length === 1 ? seats[0]?.id : undefined
  useEffect(() => {
    if (known) change({ dataset: known.id, title: known.title, kind: known.kind })
  }, [known, change])
  useEffect(() => {
    if (only && value.community === '') change({ community: only })
  }, [only, value.community, change])
  return draft
}
