import type { BallotSubjectFragment } from '../graphql/generated.ts'
import { delegation } from '../i18n/areas/delegation.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { DelegatedScope } from './DelegatedScope.tsx'

/** What a yes would hand over, and what stays with the council. */
export function SubjectDelegation({ subject }: { readonly subject: BallotSubjectFragment }) {
  const t = useT(delegation)
  const { delegated, delegation: standing, kind } = subject
  return (
    <>
      {delegated && (
        <>
          <Notice tone="wait" title={t('handed.title')}>
            <p>{t('handed.text')}</p>
          </Notice>
          <DelegatedScope scope={delegated} />
          <p>{t('handed.limits')}</p>
          <p>{t('handed.stop')}</p>
        </>
      )}
      {standing && (
        <>
          <h3>{t(kind === 'delegation.resume' ? 'resumed.title' : 'ended.title')}</h3>
          <DelegatedScope scope={standing.scope} />
        </>
      )}
    </>
  )
}
