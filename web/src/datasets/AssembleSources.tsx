import type { StewardDatasetFragment } from '../graphql/generated.ts'
import { assemble } from '../i18n/areas/assemble.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { Link } from '../ui/router.tsx'
import { type VersionDraft, widestStage } from './version-draft.ts'

export interface AssembleFieldProps {
  readonly dataset: StewardDatasetFragment
  readonly draft: VersionDraft
  readonly onChange: (patch: Partial<VersionDraft>) => void
  readonly error: (field: string) => string | undefined
}

type Given = NonNullable<StewardDatasetFragment['contributions']>[number]

/** What goes in, with the consent that came with it: the narrowest consent rules them all. */
export function AssembleSources({ dataset, draft, onChange, error }: AssembleFieldProps) {
  const t = useT(assemble)
  const words = useT(shared)
  const format = useFormat()
  const describe = useDescription()
  const given = (dataset.contributions ?? []).filter(({ state }) => state !== 'withdrawn')
  if (given.length === 0) return <p>{t('make.contributionsNone')}</p>
  const widest = String(widestStage(given, draft.contributions))
  return (
    <div id="contributions" tabIndex={-1}>
      <CheckboxGroup
        name="contributions"
        legend={t('make.contributions')}
        framed
        choices={given.map(describe)}
        value={draft.contributions}
        error={error('contributions')}
        onChange={(contributions) => onChange({ contributions })}
      />
      <ul>
        {given.map(({ id, at }) => (
          <li key={id}>
            <Link to={`/contributions/${id}`}>{t('make.look', { day: format.day(at) })}</Link>
          </li>
        ))}
      </ul>
      {draft.contributions.length > 0 && (
        <p>{t('make.widest', { stage: words.code('stage', widest) })}</p>
      )}
    </div>
  )
}

/** The sentence around it brings a full stop of its own. */
const unstopped = (text: string): string => text.trim().replace(/\.$/, '')

function useDescription() {
  const t = useT(assemble)
  const words = useT(shared)
  const format = useFormat()
  return ({ id, files, at, consent }: Given) => {
    const size = files.reduce((sum, file) => sum + file.size, 0)
    const stage = words.code('stage', String(consent.maxStage))
    const agreed = t('make.consent', {
      scope: unstopped(consent.scope),
      stage,
      evidence: unstopped(consent.evidence),
    })
    return {
      value: id,
      label: t('make.contribution', {
        count: files.length,
        size: format.size(size),
        day: format.day(at),
      }),
      hint: consent.minors ? `${agreed} ${t('make.minors')}` : agreed,
    }
  }
}
