import { request } from '../i18n/areas/request.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { SelectField, TextArea } from '../ui/Field.tsx'
import type { RequestStepProps } from './RequestUse.tsx'
import type { RequestAnswer } from './request-answer.ts'
import { requestTerms } from './request-draft.ts'

interface RequestPromiseProps extends RequestStepProps {
  readonly duties: RequestAnswer['duties']
}

export function RequestPromise({ draft, duties, onChange, error }: RequestPromiseProps) {
  const t = useT(request)
  return (
    <>
      <DutyFields draft={draft} duties={duties} onChange={onChange} error={error} />
      <TextArea
        id="project"
        label={t('promise.project')}
        hint={t('promise.project.help')}
        rows={8}
        maxLength={8000}
        value={draft.project}
        error={error('project')}
        onChange={(event) => onChange({ project: event.currentTarget.value })}
      />
      <TextArea
        id="team"
        label={t('promise.team')}
        hint={t('promise.team.help')}
        optional
        rows={3}
        dir="ltr"
        value={draft.team}
        error={error('team')}
        onChange={(event) => onChange({ team: event.currentTarget.value })}
      />
      <SelectField
        label={t('promise.days')}
        choices={requestTerms.map((days) => ({
          value: String(days),
          label: t('promise.daysCount', { count: days }),
        }))}
        value={draft.days}
        onChange={(event) => onChange({ days: event.currentTarget.value })}
      />
    </>
  )
}

function DutyFields({ draft, duties, onChange, error }: RequestPromiseProps) {
  const t = useT(request)
  const words = useT(shared)
  if (duties.length === 0) return <p>{t('promise.none')}</p>
  const label = (kind: string, days: number | null) => {
    const duty = words.code('duty', kind)
    return days === null ? duty : t('promise.duty', { duty, count: days })
  }
  return (
    <div id="duties" tabIndex={-1}>
      <CheckboxGroup
        name="duties"
        legend={t('promise.duties')}
        framed
        choices={duties.map(({ kind, withinDays }) => ({
          value: kind,
          label: label(kind, withinDays),
          hint: t.code('duty', `${kind}.help`),
        }))}
        value={draft.duties}
        error={error('duties')}
        onChange={(accepted) => onChange({ duties: accepted })}
      />
    </div>
  )
}
