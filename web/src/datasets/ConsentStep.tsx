import { contribute } from '../i18n/areas/contribute.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { RadioGroup } from '../ui/Choices.tsx'
import { TextArea } from '../ui/Field.tsx'
import type { ContributeStepProps } from './ContributeDataset.tsx'
import { consentBases, releaseStages } from './contribute-draft.ts'
import { EvidenceField } from './EvidenceField.tsx'
import { SpeakerFields } from './SpeakerFields.tsx'

interface ConsentStepProps extends ContributeStepProps {
  readonly files: readonly string[]
}

export function ConsentStep({ draft, files, onChange, error }: ConsentStepProps) {
  const t = useT(contribute)
  return (
    <>
      <p>{t('consent.lead')}</p>
      <div id="basis" tabIndex={-1}>
        <RadioGroup
          name="basis"
          legend={t('consent.basis')}
          framed
          choices={consentBases.map((value) => ({
            value,
            label: t(`basis.${value}`),
            hint: t(`basis.${value}.help`),
          }))}
          value={draft.basis}
          error={error('basis')}
          onChange={(basis) => onChange({ basis })}
        />
      </div>
      <TextArea
        id="scope"
        label={t('consent.scope')}
        hint={t('consent.scope.help')}
        rows={3}
        value={draft.scope}
        error={error('scope')}
        onChange={(event) => onChange({ scope: event.currentTarget.value })}
      />
      <StageField draft={draft} onChange={onChange} error={error} />
      <TextArea
        id="evidence"
        label={t('consent.evidence')}
        hint={t('consent.evidence.help')}
        rows={3}
        value={draft.evidence}
        error={error('evidence')}
        onChange={(event) => onChange({ evidence: event.currentTarget.value })}
      />
      <EvidenceField
        id="evidenceFile"
        label={t('evidence.file')}
        file={draft.evidenceFile}
        error={error('evidenceFile')}
        onChange={(evidenceFile) => onChange({ evidenceFile })}
      />
      <MinorsField draft={draft} onChange={onChange} error={error} />
      <SpeakerFields
        speakers={draft.speakers}
        files={files}
        error={error('speakers')}
        onChange={(speakers) => onChange({ speakers })}
      />
    </>
  )
}

function StageField({ draft, onChange, error }: ContributeStepProps) {
  const t = useT(contribute)
  const words = useT(shared)
  return (
    <div id="maxStage" tabIndex={-1}>
      <RadioGroup
        name="maxStage"
        legend={t('consent.maxStage')}
        hint={t('consent.maxStage.help')}
        framed
        choices={releaseStages.map((stage) => ({
          value: String(stage),
          label: words(`stage.${stage}`),
          hint: t(`stage.${stage}.help`),
        }))}
        value={draft.maxStage}
        error={error('maxStage')}
        onChange={(maxStage) => onChange({ maxStage })}
      />
    </div>
  )
}

function MinorsField({ draft, onChange, error }: ContributeStepProps) {
  const t = useT(contribute)
  return (
    <div id="minors" tabIndex={-1}>
      <RadioGroup
        name="minors"
        legend={t('consent.minors')}
        choices={[
          { value: 'no', label: t('consent.minors.no') },
          { value: 'yes', label: t('consent.minors.yes') },
        ]}
        value={draft.minors}
        error={error('minors')}
        onChange={(minors) => onChange({ minors })}
      />
    </div>
  )
}
