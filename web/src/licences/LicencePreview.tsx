import { useMemo } from 'react'
import { parseLicence, summarise } from '../../../policies/index.ts'
import { forms } from '../i18n/areas/forms.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Clauses } from './Clauses.tsx'

/** A licence document in words, by the same reading as at the door; or why it cannot be read. */
export function LicencePreview({ document }: { readonly document: unknown }) {
  const t = useT(forms)
  const { code } = useLocale()
  const parsed = useMemo(() => parseLicence(document), [document])
  if (parsed.ok) return <Clauses summary={summarise(parsed.licence, code)} level="h4" />
  return (
    <Notice tone="wait" title={t('licence.problems')}>
      <ul>
        {parsed.problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <code>{path || '/'}</code> {message}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
