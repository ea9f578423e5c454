import { propose } from '../i18n/areas/propose.ts'
import { useT } from '../i18n/use-t.ts'
import { SelectField } from '../ui/Field.tsx'
import { byName } from './by-name.ts'
import { Consequences } from './Consequences.tsx'
import type { ProposeFieldProps } from './ProposeForm.tsx'

/** The end of a seat. Whose it is stays among the members: the log names nobody. */
export function ProposeEnd({ community, draft, onChange, error }: ProposeFieldProps) {
  const t = useT(propose)
  return (
    <>
      <SelectField
        id="member"
        label={t('field.member')}
        hint={t('field.member.help')}
        empty={t('field.member.none')}
        choices={byName(community.members ?? []).map(({ id, name, bodies }) => ({
          value: id,
          label: [name, ...bodies.map((body) => t.code('body', body))].join(', '),
        }))}
        value={draft.member}
        error={error('member')}
        onChange={(event) => onChange({ member: event.currentTarget.value })}
      />
      <Consequences of="end" count={4} />
    </>
  )
}
