import { ACTOR_KINDS } from '../../../policies/rules/vocabulary.ts'
import { request } from '../i18n/areas/request.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { RadioGroup } from '../ui/Choices.tsx'
import { CountryOptions } from '../ui/CountryOptions.tsx'
import { Field, SelectField } from '../ui/Field.tsx'
import type { RequestStepProps } from './RequestUse.tsx'

export function RequestWho({ draft, onChange, error }: RequestStepProps) {
  const t = useT(request)
  const words = useT(shared)
  return (
    <>
      <p>{t('who.true')}</p>
      <div id="actorKind" tabIndex={-1}>
        <RadioGroup
          name="actorKind"
          legend={t('who.actorKind')}
          columns
          choices={ACTOR_KINDS.map((value) => ({ value, label: words(`actor.${value}`) }))}
          value={draft.actorKind}
          error={error('actorKind')}
          onChange={(actorKind) => onChange({ actorKind })}
        />
      </div>
      <div id="commercialTie" tabIndex={-1}>
        <RadioGroup
          name="commercialTie"
          legend={t('who.commercialTie')}
          choices={[
            { value: 'no', label: t('who.no') },
            { value: 'yes', label: t('who.yes') },
          ]}
          value={draft.commercialTie}
          error={error('commercialTie')}
          onChange={(commercialTie) => onChange({ commercialTie })}
        />
      </div>
      <WhereFields draft={draft} onChange={onChange} />
    </>
  )
}

function WhereFields({ draft, onChange }: Omit<RequestStepProps, 'error'>) {
  const t = useT(request)
  return (
    <>
      <Field label={t('who.country')} optional>
        {(control) => (
          <select
            {...control}
            value={draft.country}
            onChange={(event) => onChange({ country: event.currentTarget.value })}
          >
            <option value="">{t('who.unsaid')}</option>
            <CountryOptions />
          </select>
        )}
      </Field>
      <SelectField
        label={t('who.control')}
        optional
        empty={t('who.unsaid')}
        choices={[
          { value: 'region', label: t('who.control.region') },
          { value: 'elsewhere', label: t('who.control.elsewhere') },
        ]}
        value={draft.control}
        onChange={(event) => onChange({ control: event.currentTarget.value })}
      />
      <SelectField
        label={t('who.ethics')}
        optional
        empty={t('who.unsaid')}
        choices={[
          { value: 'yes', label: t('who.yes') },
          { value: 'no', label: t('who.no') },
        ]}
        value={draft.ethicsApproval}
        onChange={(event) => onChange({ ethicsApproval: event.currentTarget.value })}
      />
    </>
  )
}
