import { assemble } from '../i18n/areas/assemble.ts'
import { useT } from '../i18n/use-t.ts'
import { Clauses } from '../licences/Clauses.tsx'
import { SelectField } from '../ui/Field.tsx'
import { Details } from '../ui/Page.tsx'
import type { AssembleFieldProps } from './AssembleSources.tsx'

export function AssembleLicence({ dataset, draft, onChange, error }: AssembleFieldProps) {
  const t = useT(assemble)
  const { licences } = dataset.community
  const chosen = licences.find(({ digest }) => digest === draft.licence)
  return (
    <>
      <SelectField
        id="licence"
        label={t('make.licence')}
        empty=""
        choices={licences.map(({ digest, title, version }) => ({
          value: digest,
          label: `${title} (${version})`,
        }))}
        value={draft.licence}
        error={error('licence')}
        onChange={(event) => onChange({ licence: event.currentTarget.value })}
      />
      {chosen && (
        <Details summary={t('make.licenceText')}>
          <Clauses summary={chosen.summary} level="h3" />
        </Details>
      )}
    </>
  )
}
