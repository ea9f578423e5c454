import { RequestToEditDocument } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { request } from '../i18n/areas/request.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { DataParagraphs } from '../ui/Text.tsx'
import { CopiesNotice } from './CopiesNotice.tsx'
import { RequestWizard } from './RequestWizard.tsx'
import { fromRequest } from './request-draft.ts'

/** What was returned, as it was filled in, to be changed and handed in again. */
export function RequestEditPage() {
  const t = useT(request)
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(RequestToEditDocument, { id })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { request: asked, registry, viewer } = data
  if (!asked) return <NotFound />
  const { page, title } = asked.dataset
  const words = asked.proposal?.returned?.words
  return (
    <Page
      title={t('edit.title')}
      lead={t('edit.lead')}
      narrow
      above={
        <Link to={`/requests/${asked.id}`} dir="auto">
          {t('above', { dataset: title })}
        </Link>
      }
    >
      {words && (
        <Notice tone="wait" title={t('status.returned')}>
          <DataParagraphs text={words} />
        </Notice>
      )}
      <CopiesNotice dataset={asked.dataset.id} fingerprint={page?.fingerprint} said="asked" />
      {asked.state === 'returned' && page?.version ? (
        <RequestWizard
          dataset={asked.dataset.id}
          terms={page.version.terms}
          memberOf={(viewer?.memberships ?? []).map(({ community }) => community.id)}
          now={registry.now}
          returned={{ id: asked.id, asked: fromRequest(asked) }}
        />
      ) : (
        <Notice tone="note">
          <p>{t('edit.over')}</p>
        </Notice>
      )}
    </Page>
  )
}
