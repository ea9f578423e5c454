import { assemble } from '../i18n/areas/assemble.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { SelectField } from '../ui/Field.tsx'
import { Details } from '../ui/Page.tsx'
import { artefacts, topEntries, type VersionDraft } from './version-draft.ts'

interface AssembleArtefactsProps {
  /** Of the files in what was chosen. */
  readonly paths: readonly string[]
  readonly draft: VersionDraft
  readonly error: string | undefined
  readonly onChange: (patch: Partial<VersionDraft>) => void
}

/** Which files and folders are released by themselves. */
export function AssembleArtefacts({ paths, draft, error, onChange }: AssembleArtefactsProps) {
  const t = useT(assemble)
  const words = useT(shared)
  const placed = draft.artefacts ?? {}
  const entries = topEntries(paths)
  if (entries.length === 0) return null
  return (
    <div id="artefacts" tabIndex={-1}>
      <Details summary={t('make.artefacts')}>
        <p>{t('make.artefacts.help')}</p>
        {error && <p role="alert">{error}</p>}
        {entries.map((path) => (
          <SelectField
            key={path}
            label={t('make.artefact', { path })}
            empty={t('make.artefact.before')}
            choices={[
              ...artefacts.map((value) => ({ value, label: words(`artefact.${value}`) })),
              { value: 'none', label: t('make.artefact.none') },
            ]}
            value={placed[path] ?? ''}
            onChange={(event) =>
              onChange({ artefacts: { ...placed, [path]: event.currentTarget.value } })
            }
          />
        ))}
      </Details>
    </div>
  )
}
