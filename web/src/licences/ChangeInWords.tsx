import { licences } from '../i18n/areas/licences.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import css from './Licence.module.css'

/** What one version of a licence changes against another, in sentences. */
export interface ShownChange {
  readonly wider: readonly string[]
  readonly narrower: readonly string[]
  readonly dutiesAdded: readonly string[]
  readonly dutiesRemoved: readonly string[]
  readonly complete: boolean
}

const parts = ['wider', 'narrower', 'dutiesAdded', 'dutiesRemoved'] as const

interface ChangeInWordsProps {
  readonly change: ShownChange
  readonly level: 'h3' | 'h4'
}

/** Who newly may, who no longer may, and which duties come and go. */
export function ChangeInWords({ change, level: Heading }: ChangeInWordsProps) {
  const t = useT(licences)
  const shown = parts.filter((part) => change[part].length > 0)
  return (
    <>
      {!change.complete && <Notice tone="wait">{t('change.incomplete')}</Notice>}
      {shown.length === 0 && change.complete && <p>{t('change.none')}</p>}
      {shown.map((part) => (
        <div key={part} className={css[part]}>
          <Heading>{t(`change.${part}`)}</Heading>
          <ul>
            {change[part].map((text) => (
              <li key={text} dir="auto">
                {text}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}
