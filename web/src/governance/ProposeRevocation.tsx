import { GrantToRevokeDocument } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { propose } from '../i18n/areas/propose.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { TextField } from '../ui/Field.tsx'
import type { ProposeFieldProps } from './ProposeForm.tsx'

export function ProposeRevocation({ draft, onChange, error }: ProposeFieldProps) {
  const t = useT(propose)
  const id = draft.grant.trim()
  return (
    <>
      <TextField
        id="grant"
        dir="ltr"
        label={t('field.grant')}
        hint={t('field.grant.help')}
        value={draft.grant}
        error={error('grant')}
        onChange={(event) => onChange({ grant: event.currentTarget.value })}
      />
      {id !== '' && <KnownGrant id={id} />}
    </>
  )
}

function KnownGrant({ id }: { readonly id: string }) {
  const t = useT(propose)
  const format = useFormat()
  const { data } = useQuery(GrantToRevokeDocument, { id })
  if (!data) return null
  const { grant } = data
  return (
    <p role="status" dir="auto">
      {grant
        ? t('grant.facts', {
            dataset: grant.dataset.title,
            day: format.day(grant.expiresAt),
            state: grant.state,
          })
        : t('grant.unknown')}
    </p>
  )
}
