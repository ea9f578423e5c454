import { propose } from '../i18n/areas/propose.ts'
import { useT } from '../i18n/use-t.ts'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { TextField } from '../ui/Field.tsx'
import type { ProposeFieldProps } from './ProposeForm.tsx'

export function ProposeMember({ community, draft, onChange, error }: ProposeFieldProps) {
  const t = useT(propose)
  const bodies = [...new Set([...community.bodies.map(({ name }) => name), 'stewards'])]
  return (
    <>
      <TextField
        id="name"
        label={t('field.name')}
        value={draft.name}
        error={error('name')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextField
        id="email"
        type="email"
        dir="ltr"
        label={t('field.email')}
        value={draft.email}
        error={error('email')}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <CheckboxGroup
        name="bodies"
        legend={t('field.bodies')}
        columns
        choices={bodies.map((value) => ({ value, label: t.code('body', value) }))}
        value={draft.bodies}
        error={error('bodies')}
        onChange={(bodies) => onChange({ bodies })}
      />
      <TextField
        id="group"
        label={t('field.group')}
        optional
        value={draft.group}
        error={error('group')}
        onChange={(event) => onChange({ group: event.currentTarget.value })}
      />
    </>
  )
}
