import { UseFields } from '../datasets/UseFields.tsx'
import { request } from '../i18n/areas/request.ts'
import { useT } from '../i18n/use-t.ts'
import type { RequestDraft } from './request-draft.ts'

export interface RequestStepProps {
  readonly draft: RequestDraft
  readonly onChange: (patch: Partial<RequestDraft>) => void
  readonly error: (field: string) => string | undefined
}

export function RequestUse({ draft, onChange, error }: RequestStepProps) {
  const t = useT(request)
  return (
    <UseFields
      use={draft}
      onChange={onChange}
      error={error}
      legends={{ purposes: t('use.purposes'), actions: t('use.actions') }}
      hint={t('use.purposes.help')}
    />
  )
}
