import { propose } from '../i18n/areas/propose.ts'
import { useT } from '../i18n/use-t.ts'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { SelectField } from '../ui/Field.tsx'
import { byName } from './by-name.ts'
import { Consequences } from './Consequences.tsx'
import type { ProposeFieldProps } from './ProposeForm.tsx'

/** Who sits in a body from now on. Whoever sits there today is ticked already. */
export function ProposeElection({ community, draft, onChange, error }: ProposeFieldProps) {
  const t = useT(propose)
  const members = byName(community.members ?? [])
  const sitting = (body: string) =>
    members.filter(({ bodies }) => bodies.includes(body)).map(({ id }) => id)
  const leaving = members.filter(
    ({ id, bodies }) => bodies.includes(draft.body) && !draft.members.includes(id),
  )
  return (
    <>
      <SelectField
        id="body"
        label={t('field.body')}
        empty={t('field.body.none')}
        choices={community.electableBodies.map((value) => ({
          value,
          label: t.code('body', value),
        }))}
        value={draft.body}
        error={error('body')}
        onChange={({ currentTarget: { value: body } }) =>
          onChange({ body, members: sitting(body) })
        }
      />
      {draft.body !== '' && (
        <CheckboxGroup
          name="members"
          legend={t('field.members')}
          columns
          choices={members.map(({ id, name, group }) => ({
            value: id,
            label: <bdi>{group ? `${name} (${group})` : name}</bdi>,
          }))}
          value={draft.members}
          error={error('members')}
          onChange={(chosen) => onChange({ members: chosen })}
        />
      )}
      {leaving.length > 0 && (
        <p role="status" dir="auto">
          {t('field.leaving', { names: leaving.map(({ name }) => name).join(', ') })}
        </p>
      )}
      <Consequences of="election" count={3} />
    </>
  )
}
