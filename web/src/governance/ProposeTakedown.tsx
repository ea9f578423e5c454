import { propose } from '../i18n/areas/propose.ts'
import { useT } from '../i18n/use-t.ts'
import { SelectField } from '../ui/Field.tsx'
import { Consequences } from './Consequences.tsx'
import type { ProposeFieldProps } from './ProposeForm.tsx'

/** The end of a dataset, for everybody and for good. */
export function ProposeTakedown({ community, draft, onChange, error }: ProposeFieldProps) {
  const t = useT(propose)
  const open = community.datasets.filter(({ takenDownAt }) => takenDownAt === null)
  return (
    <>
      <SelectField
        id="dataset"
        label={t('field.dataset')}
        empty={t('field.dataset.none')}
        choices={open.map(({ id, title }) => ({ value: id, label: title }))}
        value={draft.dataset}
        error={error('dataset')}
        onChange={(event) => onChange({ dataset: event.currentTarget.value })}
      />
      <Consequences of="takedown" count={5} />
    </>
  )
}
