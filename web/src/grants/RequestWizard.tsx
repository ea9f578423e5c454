import { useMemo, useState } from 'react'
import { useCommandKey } from '../graphql/command-key.ts'
import { RequestAccessDocument, ReviseRequestDocument } from '../graphql/generated.ts'
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
import { type AskedTerms, answerRequest } from './request-answer.ts'
import {
  emptyRequest,
  type RequestDraft,
  requestProblems,
  requestSteps,
  toRequest,
  toRevision,
} from './request-draft.ts'

interface RequestWizardProps {
  readonly dataset: string
  readonly terms: readonly AskedTerms[]
  /** Ids of the communities of the one who asks. */
  readonly memberOf: readonly string[]
  readonly now: string
  /** A request that was returned, with what was handed in before. */
  readonly returned?: { readonly id: string; readonly asked: RequestDraft }
}

export function RequestWizard({ dataset, terms, memberOf, now, returned }: RequestWizardProps) {
  const t = useT(request)
  const { code: locale } = useLocale()
  const draft = useDraft(
    returned ? `request.${returned.id}` : `request.${dataset}`,
    returned?.asked ?? emptyRequest,
  )
  const first = useSubmit(dataset, draft.clear)
  const again = useSubmitAgain(returned?.id ?? '', draft.clear)
  const { submit, command } = returned ? again : first
  const [tried, setTried] = useState(false)
  const { value, change } = draft
  const answer = useMemo(
    () => answerRequest(terms, value, { memberOf }, { now: Date.parse(now), locale }),
    [terms, value, memberOf, now, locale],
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
        finish={t(returned ? 'edit.finish' : 'finish')}
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
  const submit = async (draft: RequestDraft) => {
    const asked = toRequest(dataset, draft)
    const data = await command.send({ input: { ...asked, key: keyOf(asked) } })
    if (!data) return
    const { request: made, grant } = data.requestAccess
    clear()
    await navigate(grant ? `/grants#${grant.id}` : `/requests/${made?.id ?? ''}`)
  }
  return { submit, command }
}

/** Hands a returned request in again and goes back to its state. */
function useSubmitAgain(id: string, clear: () => void) {
  const navigate = useNavigate()
  const command = useCommand(ReviseRequestDocument, (data) => data.reviseRequest)
  const submit = async (draft: RequestDraft) => {
    if (!(await command.send({ input: toRevision(id, draft) }))) return
    clear()
    await navigate(`/requests/${id}`)
  }
  return { submit, command }
}
