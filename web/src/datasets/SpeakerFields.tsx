import { contribute } from '../i18n/areas/contribute.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { Checkbox, CheckboxGroup } from '../ui/Choices.tsx'
import { SelectField, TextArea, TextField } from '../ui/Field.tsx'
import { Card } from '../ui/Page.tsx'
import { type DraftSpeaker, newSpeaker, releaseStages } from './contribute-draft.ts'
import { EvidenceField } from './EvidenceField.tsx'

interface SpeakerFieldsProps {
  readonly speakers: readonly DraftSpeaker[]
  /** Paths of the files that have arrived. */
  readonly files: readonly string[]
  readonly onChange: (speakers: readonly DraftSpeaker[]) => void
  readonly error: string | undefined
}

/** What single people agreed to, where they did not all agree to the same. */
export function SpeakerFields({ speakers, files, onChange, error }: SpeakerFieldsProps) {
  const t = useT(contribute)
  const change = (place: number, patch: Partial<DraftSpeaker>) =>
    onChange(speakers.map((one, at) => (at === place ? { ...one, ...patch } : one)))
  return (
    <section id="speakers" tabIndex={-1} aria-labelledby="speakers-title">
      <h3 id="speakers-title">{t('speakers.title')}</h3>
      <p>{t('speakers.lead')}</p>
      {error && <p role="alert">{error}</p>}
      {speakers.map((speaker, place) => (
        <Card key={speaker.key}>
          <SpeakerField
            speaker={speaker}
            files={files}
            onChange={(patch) => change(place, patch)}
            onRemove={() => onChange(speakers.filter((_, at) => at !== place))}
          />
        </Card>
      ))}
      <ButtonRow>
        <Button onClick={() => onChange([...speakers, newSpeaker(speakers, files)])}>
          {t('speakers.add')}
        </Button>
      </ButtonRow>
    </section>
  )
}

interface SpeakerFieldProps {
  readonly speaker: DraftSpeaker
  readonly files: readonly string[]
  readonly onChange: (patch: Partial<DraftSpeaker>) => void
  readonly onRemove: () => void
}

function SpeakerField({ speaker, files, onChange, onRemove }: SpeakerFieldProps) {
  const t = useT(contribute)
  const words = useT(shared)
  const { key, name } = speaker
  return (
    <>
      <TextField
        id={`speaker-${key}`}
        dir="ltr"
        label={t('speakers.name')}
        hint={t('speakers.name.help')}
        value={name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <CheckboxGroup
        name={`speaker-files-${key}`}
        legend={t('speakers.files', { name })}
        choices={files.map((path) => ({ value: path, label: <span dir="auto">{path}</span> }))}
        value={speaker.files}
        onChange={(chosen) => onChange({ files: [...chosen] })}
      />
      <TextArea
        id={`speaker-scope-${key}`}
        label={t('speakers.scope', { name })}
        rows={2}
        value={speaker.scope}
        onChange={(event) => onChange({ scope: event.currentTarget.value })}
      />
      <SelectField
        id={`speaker-stage-${key}`}
        label={t('speakers.stage', { name })}
        empty=""
        choices={releaseStages.map((stage) => ({
          value: String(stage),
          label: words(`stage.${stage}`),
        }))}
        value={speaker.maxStage}
        onChange={(event) => onChange({ maxStage: event.currentTarget.value })}
      />
      <TextArea
        id={`speaker-evidence-${key}`}
        label={t('speakers.evidence', { name })}
        rows={2}
        value={speaker.evidence}
        onChange={(event) => onChange({ evidence: event.currentTarget.value })}
      />
      <EvidenceField
        id={`speaker-evidence-file-${key}`}
        label={t('evidence.fileOf', { name })}
        file={speaker.evidenceFile ?? null}
        onChange={(evidenceFile) => onChange({ evidenceFile })}
      />
      <Checkbox
        label={t('speakers.minor', { name })}
        hint={t('speakers.minor.help')}
        checked={speaker.minor}
        onChange={(event) => onChange({ minor: event.currentTarget.checked })}
      />
      <Button look="plain" onClick={onRemove}>
        {t('speakers.remove', { name })}
      </Button>
    </>
  )
}
