import { setUp } from '../i18n/areas/set-up.ts'
import { useT } from '../i18n/use-t.ts'
import { LicencePreview } from '../licences/LicencePreview.tsx'
import { RadioGroup } from '../ui/Choices.tsx'
import { TextField } from '../ui/Field.tsx'
import { licenceDocument } from './licence-document.ts'
import type { StepProps } from './SetUpStepFields.tsx'

export function LicenceStep({ draft, choices, onChange, error }: StepProps) {
  const t = useT(setUp)
  const chosen = choices.licenceTemplates.find(({ name }) => name === draft.licence)
  const choose = (licence: string) => {
    const template = choices.licenceTemplates.find(({ name }) => name === licence)
    onChange(
      draft.licenceTitle === '' ? { licence, licenceTitle: template?.title ?? '' } : { licence },
    )
  }
  return (
    <>
      <p>{t('licence.lead')}</p>
      <RadioGroup
        name="licence"
        legend={t('licence.choose')}
        framed
        choices={choices.licenceTemplates.map(({ name, title, description }) => ({
          value: name,
          label: <strong>{title}</strong>,
          hint: description,
        }))}
        value={draft.licence}
        error={error('licence')}
        onChange={choose}
      />
      <LicenceFields draft={draft} onChange={onChange} error={error} />
      {chosen && (
        <section>
          <h3>{t('licence.summary')}</h3>
          <LicencePreview document={licenceDocument(chosen.document, draft)} />
        </section>
      )}
    </>
  )
}

function LicenceFields({
  draft,
  onChange,
  error,
}: Pick<StepProps, 'draft' | 'onChange' | 'error'>) {
  const t = useT(setUp)
  return (
    <>
      <TextField
        id="licenceTitle"
        label={t('licence.title')}
        hint={t('licence.title.help')}
        value={draft.licenceTitle}
        error={error('licenceTitle')}
        onChange={(event) => onChange({ licenceTitle: event.currentTarget.value })}
      />
      <TextField
        id="home"
        dir="ltr"
        label={t('licence.home')}
        hint={t('licence.home.help')}
        value={draft.home}
        error={error('home')}
        onChange={(event) => onChange({ home: event.currentTarget.value })}
      />
      <TextField
        id="region"
        dir="ltr"
        label={t('licence.region')}
        hint={t('licence.region.help')}
        optional
        value={draft.region}
        error={error('region')}
        onChange={(event) => onChange({ region: event.currentTarget.value })}
      />
    </>
  )
}
