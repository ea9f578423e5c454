import { useState } from 'react'
import {
  ContributeChoicesDocument,
  type ContributeChoicesQuery,
  type ContributeMutation,
} from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { contribute } from '../i18n/areas/contribute.ts'
import { useT } from '../i18n/use-t.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchParams } from '../ui/router.tsx'
import { Empty, Failed, Loading, NotAllowed } from '../ui/State.tsx'
import { ContributeDone } from './ContributeDone.tsx'
import { ContributeWizard } from './ContributeWizard.tsx'

export type Seat = NonNullable<ContributeChoicesQuery['viewer']>['memberships'][number]['community']

export type HandedIn = ContributeMutation['contribute'] & { readonly title: string }

export function ContributePage() {
  const t = useT(contribute)
  const [search] = useSearchParams()
  const [done, setDone] = useState<HandedIn | null>(null)
  const { data, error, refetch } = useQuery(ContributeChoicesDocument, {})
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (!data.viewer) return <NotAllowed message={t('signIn')} />
  const seats = data.viewer.memberships
    .map(({ community }) => community)
    .filter((community) => community.viewerCanContribute)
  if (done) return <ContributeDone done={done} onMore={() => setDone(null)} />
  return (
    <Page title={t('title')} lead={t('lead')} narrow>
      {seats.length === 0 ? (
        <Empty>
          <p>{t('noCommunity')}</p>
          <ButtonLink to="/communities">{t('toCommunities')}</ButtonLink>
        </Empty>
      ) : (
        <ContributeWizard seats={seats} asked={search.get('dataset') ?? ''} onDone={setDone} />
      )}
    </Page>
  )
}
