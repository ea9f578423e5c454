import type { Finding } from '../../../policies/rules/governance.ts'
import { charters } from '../i18n/areas/charters.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { idOf, matterAt } from './charter-draft.ts'

interface FindingsProps {
  readonly findings: readonly Finding[]
  readonly onGo: (path: string) => void
}

interface Said {
  readonly rule: Finding['rule']
  readonly message: string
  readonly paths: readonly string[]
}

/** One sentence about several matters is said once. */
function together(findings: readonly Finding[]): readonly Said[] {
  const said = new Map<string, Said>()
  for (const { rule, message, path } of findings) {
    const paths = said.get(message)?.paths ?? []
    said.set(message, { rule, message, paths: [...paths, path] })
  }
  return [...said.values()]
}

/** What lint says: each finding with its rule, its places and the way out. */
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
        {together(findings).map(({ rule, message, paths }) => (
          <li key={message}>
            {`${message} (${rule}) `}
            {paths.map((path, index) => (
              <span key={path}>
                {index > 0 && ' · '}
                <a
                  href={`#${idOf(path)}`}
                  onClick={(event) => {
                    event.preventDefault()
                    onGo(path)
                  }}
                >
                  {place(path)}
                </a>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
