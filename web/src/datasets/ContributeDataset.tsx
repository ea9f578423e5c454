import { contribute } from '../i18n/areas/contribute.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { RadioGroup } from '../ui/Choices.tsx'
import { SelectField, TextArea, TextField } from '../ui/Field.tsx'
import type { Seat } from './ContributePage.tsx'
import { type ContributeDraft, datasetKinds } from './contribute-draft.ts'

export interface ContributeStepProps {
  readonly draft: ContributeDraft
  readonly onChange: (patch: Partial<ContributeDraft>) => void
  readonly error: (field: string) => string | undefined
}

interface ContributeDatasetProps extends ContributeStepProps {
  readonly seats: readonly Seat[]
}

export function ContributeDataset({ draft, seats, onChange, error }: ContributeDatasetProps) {
  const t = useT(contribute)
  const open = seats
    .flatMap(({ name, datasets }) => datasets.map((dataset) => ({ ...dataset, community: name })))
    .filter(({ viewerCanContribute }) => viewerCanContribute)
  const known = open.map(({ id, title, community }) => ({
    value: id,
    label: title,
    hint: community,
  }))
  const choose = (id: string) => {
    const chosen = open.find((one) => one.id === id)
    onChange({ dataset: id, title: chosen?.title ?? '', kind: chosen?.kind ?? '' })
  }
  return (
    <>
      {known.length > 0 && (
        <RadioGroup
          name="dataset"
          legend={t('dataset.choose')}
          framed
          choices={[...known, { value: '', label: t('dataset.new'), hint: t('dataset.newHelp') }]}
          value={draft.dataset}
          onChange={choose}
        />
      )}
      {draft.dataset === '' && (
        <NewDataset draft={draft} seats={seats} onChange={onChange} error={error} />
      )}
    </>
  )
}

function NewDataset({ draft, seats, onChange, error }: ContributeDatasetProps) {
  const t = useT(contribute)
  const words = useT(shared)
  return (
    <>
      <SelectField
        id="community"
        label={t('dataset.community')}
        empty=""
        choices={seats.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.community}
        error={error('community')}
        onChange={(event) => onChange({ community: event.currentTarget.value })}
      />
      <TextField
        id="title"
        label={t('dataset.title')}
        hint={t('dataset.title.help')}
        value={draft.title}
        error={error('title')}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <TextArea
        id="description"
        label={t('dataset.description')}
        hint={t('dataset.description.help')}
        value={draft.description}
        error={error('description')}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <SelectField
        id="kind"
        label={t('dataset.kind')}
        empty=""
        choices={datasetKinds.map((kind) => ({ value: kind, label: words(`kind.${kind}`) }))}
        value={draft.kind}
        error={error('kind')}
        onChange={(event) => onChange({ kind: event.currentTarget.value })}
      />
      <LanguageFields draft={draft} onChange={onChange} error={error} />
    </>
  )
}

function LanguageFields({ draft, onChange, error }: ContributeStepProps) {
  const t = useT(contribute)
  return (
    <>
      <TextField
        id="languages"
        dir="ltr"
        label={t('dataset.languages')}
        hint={t('dataset.languages.help')}
        value={draft.languages}
        error={error('languages')}
        onChange={(event) => onChange({ languages: event.currentTarget.value })}
      />
      <TextField
        id="keywords"
        label={t('dataset.keywords')}
        hint={t('dataset.keywords.help')}
        optional
        value={draft.keywords}
        onChange={(event) => onChange({ keywords: event.currentTarget.value })}
      />
    </>
  )
}
