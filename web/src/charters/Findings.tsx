import type { Finding } from '../../../policies/index.ts'
import { charters } from '../i18n/areas/charters.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { idOf, matterAt } from './charter-draft.ts'

interface FindingsProps {
  readonly findings: readonly Finding[]
  readonly onGo: (path: string) => void
}

/** What lint says: each finding with its rule, its place and the way out. */
export function Findings({ findings, onGo }: FindingsProps) {
  const t = useT(charters)
  const words = useT(communities)
  if (findings.length === 0) return null
  const grave = findings.some(({ severity }) => severity === 'error')
  const place = (path: string) => {
    const matter = matterAt(path)
    return matter ? words.code('matter', matter) : t('change.all')
  }
  return (
    <Notice tone={grave ? 'bad' : 'wait'} title={t(grave ? 'lint.title' : 'lint.weigh')}>
      <ul>
        {findings.map(({ rule, path, message }) => (
          <li key={`${rule} ${path} ${message}`}>
            <a
              href={`#${idOf(path)}`}
              onClick={(event) => {
                event.preventDefault()
                onGo(path)
              }}
            >
              {place(path)}
            </a>
            {`: ${message} (${rule})`}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
