import { useState } from 'react'
import {
  FoundCommunityDocument,
  type SetUpChoicesQuery,
  SetUpDocument,
  type SetUpResultFragment,
} from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { setUp } from '../i18n/areas/set-up.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { problemList } from '../ui/problem.ts'
import { DraftNotice, Steps } from '../ui/Steps.tsx'
import { SetUpStepFields } from './SetUpStepFields.tsx'
import {
  bodiesToFill,
  emptySetUp,
  type SetUpDraft,
  setUpProblems,
  setUpSteps,
  toCommunityInput,
} from './set-up-draft.ts'

interface SetUpWizardProps {
  readonly choices: SetUpChoicesQuery
  readonly firstRun: boolean
  readonly onDone: (result: SetUpResultFragment) => void
}

export function SetUpWizard({ choices, firstRun, onDone }: SetUpWizardProps) {
  const t = useT(setUp)
  const draft = useDraft('set-up', emptySetUp)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { send, command } = useSetUp(firstRun)
  const steps = setUpSteps(firstRun)
  const current = Math.min(draft.value.step, steps.length - 1)
  const step = steps[current] ?? 'review'
  const charter = choices.charterTemplates.find(({ name }) => name === draft.value.charter)
  const bodies = bodiesToFill(charter?.bodies ?? [])
  const check = (one: typeof step) => setUpProblems(one, draft.value, { password, bodies })
  const problems = tried ? check(step) : []
  const go = (to: number) => {
    setTried(false)
    draft.change({ step: to })
  }
  const next = async () => {
    setTried(true)
    const faulty = steps.findIndex((one, index) => index <= current && check(one).length > 0)
    // A password is never kept: after a reload the first step asks for it again.
    if (faulty >= 0) return faulty === current ? undefined : draft.change({ step: faulty })
    if (current < steps.length - 1) return go(current + 1)
    const result = await send(draft.value, password)
    if (result?.community) {
      draft.clear()
      onDone(result)
    }
  }
  return (
    <>
      <DraftNotice restored={draft.restored} onClear={draft.clear} />
      <Steps
        labels={steps.map((one) => t(`step.${one}`))}
        current={current}
        onStep={go}
        onNext={next}
        finish={firstRun ? t('finish') : t('finishAgain')}
        busy={command.busy}
      >
        <ErrorSummary errors={problemList(t, problems)} />
        <CommandAnswer command={command} />
        <SetUpStepFields
          {...{ step, steps, choices, bodies, problems, password, go }}
          draft={draft.value}
          refused={command.refused}
          onChange={draft.change}
          onPassword={setPassword}
        />
      </Steps>
    </>
  )
}

/** The first community comes with its operator; further ones are founded by one who is signed in. */
function useSetUp(firstRun: boolean) {
  const { code: language } = useLocale()
  const first = useCommand(SetUpDocument, (data) => data.setUp)
  const further = useCommand(FoundCommunityDocument, (data) => data.foundCommunity)
  const send = async (draft: SetUpDraft, password: string) => {
    const community = toCommunityInput(draft, language)
    if (!firstRun) return (await further.send({ input: community }))?.foundCommunity
    const operator = {
      name: draft.operatorName.trim(),
      email: draft.operatorEmail.trim(),
      password,
    }
    return (await first.send({ input: { operator, community } }))?.setUp
  }
  return { send, command: firstRun ? first : further }
}
