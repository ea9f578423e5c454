import { useMemo, useState } from 'react'
import { useCommandKey } from '../graphql/command-key.ts'
import { RequestAccessDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { request } from '../i18n/areas/request.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { problemAt, problemList } from '../ui/problem.ts'
import { useNavigate } from '../ui/router.tsx'
import { DraftNotice, Steps } from '../ui/Steps.tsx'
import { RequestAnswerBox } from './RequestAnswerBox.tsx'
import { RequestPromise } from './RequestPromise.tsx'
import { RequestReview } from './RequestReview.tsx'
import { RequestUse } from './RequestUse.tsx'
import { RequestWho } from './RequestWho.tsx'
import { answerRequest } from './request-answer.ts'
import { emptyRequest, requestProblems, requestSteps, toRequest } from './request-draft.ts'

interface RequestWizardProps {
  readonly dataset: string
  readonly document: unknown
  readonly member: boolean
  readonly now: string
}

export function RequestWizard({ dataset, document, member, now }: RequestWizardProps) {
  const t = useT(request)
  const { code: locale } = useLocale()
  const draft = useDraft(`request.${dataset}`, emptyRequest)
  const { submit, command } = useSubmit(dataset, draft.clear)
  const [tried, setTried] = useState(false)
  const { value, change } = draft
  const answer = useMemo(
    () => answerRequest(document, value, { member }, { now: Date.parse(now), locale }),
    [document, value, member, now, locale],
  )
  const duties = answer?.duties ?? []
  const kinds = duties.map(({ kind }) => kind)
  const current = Math.min(value.step, requestSteps.length - 1)
  const step = requestSteps[current] ?? 'review'
  const problems = tried ? requestProblems(step, value, kinds) : []
  const error = (field: string) => problemAt(t, problems, field)
  const go = (to: number) => {
    setTried(false)
    change({ step: to })
  }
  const next = () => {
    setTried(true)
    const faulty = requestSteps.findIndex(
      (one, index) => index <= current && requestProblems(one, value, kinds).length > 0,
    )
    if (faulty >= 0) return faulty === current ? undefined : change({ step: faulty })
    return current < requestSteps.length - 1 ? go(current + 1) : submit(value)
  }
  return (
    <>
      <DraftNotice restored={draft.restored} onClear={draft.clear} />
      <Steps
        labels={requestSteps.map((one) => t(`step.${one}`))}
        current={current}
        onStep={go}
        onNext={next}
        finish={t('finish')}
        busy={command.busy}
      >
        <ErrorSummary errors={problemList(t, problems)} />
        {step === 'use' && <RequestUse draft={value} onChange={change} error={error} />}
        {step === 'who' && <RequestWho draft={value} onChange={change} error={error} />}
        {step === 'promise' && (
          <RequestPromise draft={value} duties={duties} onChange={change} error={error} />
        )}
        {step === 'review' ? (
          <RequestReview dataset={dataset} draft={value} />
        ) : (
          <RequestAnswerBox answer={answer} complete={value.purposes.length > 0} />
        )}
        <CommandAnswer command={command} />
        {command.refused && <p>{t('refused.change')}</p>}
      </Steps>
    </>
  )
}

/** Sends once; a grant at once leads to its files, anything else to the state of the request. */
function useSubmit(dataset: string, clear: () => void) {
  const navigate = useNavigate()
  const keyOf = useCommandKey()
  const command = useCommand(RequestAccessDocument, (data) => data.requestAccess)
  const submit = async (draft: typeof emptyRequest) => {
    const asked = toRequest(dataset, draft)
    const data = await command.send({ input: { ...asked, key: keyOf(asked) } })
    if (!data) return
    const { request: made, grant } = data.requestAccess
    clear()
    await navigate(grant ? `/grants#${grant.id}` : `/requests/${made?.id ?? ''}`)
  }
  return { submit, command }
}
