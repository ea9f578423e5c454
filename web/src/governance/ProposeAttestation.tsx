import { ACTOR_KINDS } from '../../../policies/rules/vocabulary.ts'
import { propose } from '../i18n/areas/propose.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { CountryOptions } from '../ui/CountryOptions.tsx'
import { Field, SelectField, TextField } from '../ui/Field.tsx'
import type { ProposeFieldProps } from './ProposeForm.tsx'

/** What the community would confirm about a person; what it does not know it leaves unsaid. */
export function ProposeAttestation({ draft, onChange, error }: ProposeFieldProps) {
  const t = useT(propose)
  const words = useT(shared)
  return (
    <>
      <TextField
        id="email"
        type="email"
        dir="ltr"
        label={t('field.email')}
        hint={t('field.email.account')}
        value={draft.email}
        error={error('email')}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <SelectField
        id="actorKind"
        label={t('field.actorKind')}
        empty={t('unsaid')}
        choices={ACTOR_KINDS.map((value) => ({ value, label: words(`actor.${value}`) }))}
        value={draft.actorKind}
        error={error('actorKind')}
        onChange={(event) => onChange({ actorKind: event.currentTarget.value })}
      />
      <StandingFields draft={draft} onChange={onChange} />
      <Field label={t('field.country')} error={error('country')}>
        {(control) => (
          <select
            {...control}
            value={draft.country}
            onChange={(event) => onChange({ country: event.currentTarget.value })}
          >
            <option value="">{t('unsaid')}</option>
            <CountryOptions />
          </select>
        )}
      </Field>
    </>
  )
}

function StandingFields({ draft, onChange }: Pick<ProposeFieldProps, 'draft' | 'onChange'>) {
  const t = useT(propose)
  return (
    <>
      <SelectField
        label={t('field.commercialTie')}
        empty={t('unsaid')}
        choices={[
          { value: 'no', label: t('no') },
          { value: 'yes', label: t('yes') },
        ]}
        value={draft.commercialTie}
        onChange={(event) => onChange({ commercialTie: event.currentTarget.value })}
      />
      <SelectField
        label={t('field.assurance')}
        empty={t('unsaid')}
        choices={(['1', '2', '3'] as const).map((value) => ({
          value,
          label: t(`assurance.${value}`),
        }))}
        value={draft.assurance}
        onChange={(event) => onChange({ assurance: event.currentTarget.value })}
      />
      <SelectField
        label={t('field.benefit')}
        empty={t('unsaid')}
        choices={(['signed', 'none'] as const).map((value) => ({
          value,
          label: t(`benefit.${value}`),
        }))}
        value={draft.benefit}
        onChange={(event) => onChange({ benefit: event.currentTarget.value })}
      />
    </>
  )
}
