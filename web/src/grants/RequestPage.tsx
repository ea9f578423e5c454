import { RequestChoicesDocument } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { request } from '../i18n/areas/request.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { CopiesNotice } from './CopiesNotice.tsx'
import { RequestWizard } from './RequestWizard.tsx'

export function RequestPage() {
  const t = useT(request)
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(RequestChoicesDocument, { id })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { dataset, viewer, registry } = data
  if (!dataset) return <NotFound />
  if (!viewer) return <NotAllowed message={t('signIn')} />
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      narrow
      above={
        <Link to={`/datasets/${dataset.id}`} dir="auto">
          {t('above', { dataset: dataset.title })}
        </Link>
      }
    >
      {dataset.suspended && (
        <Notice tone="bad">
          <p>{t('suspended', { reason: dataset.suspended.reason })}</p>
        </Notice>
      )}
      <CopiesNotice dataset={dataset.id} fingerprint={dataset.fingerprint} said="asked" />
      {dataset.version ? (
        <RequestWizard
          dataset={dataset.id}
          terms={dataset.version.terms}
          memberOf={viewer.memberships.map(({ community }) => community.id)}
          now={registry.now}
        />
      ) : (
        <Notice tone="note">
          <p>{t('noLicence')}</p>
        </Notice>
      )}
    </Page>
  )
}
