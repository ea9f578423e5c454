import { actionCodes, purposeCodes } from '../datasets/use-codes.ts'
import { request } from '../i18n/areas/request.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { CheckboxGroup } from '../ui/Choices.tsx'
import type { RequestDraft } from './request-draft.ts'

export interface RequestStepProps {
  readonly draft: RequestDraft
  readonly onChange: (patch: Partial<RequestDraft>) => void
  readonly error: (field: string) => string | undefined
}

export function RequestUse({ draft, onChange, error }: RequestStepProps) {
  const t = useT(request)
  const words = useT(shared)
  return (
    <>
      <div id="purposes" tabIndex={-1}>
        <CheckboxGroup
          name="purposes"
          legend={t('use.purposes')}
          hint={t('use.purposes.help')}
          columns
          choices={purposeCodes.map((value) => ({ value, label: words(`purpose.${value}`) }))}
          value={draft.purposes}
          error={error('purposes')}
          onChange={(purposes) => onChange({ purposes })}
        />
      </div>
      <div id="actions" tabIndex={-1}>
        <CheckboxGroup
          name="actions"
          legend={t('use.actions')}
          columns
          choices={actionCodes.map((value) => ({ value, label: words(`action.${value}`) }))}
          value={draft.actions}
          error={error('actions')}
          onChange={(actions) => onChange({ actions })}
        />
      </div>
    </>
  )
}
