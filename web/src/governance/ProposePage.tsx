import { useState } from 'react'
import { ProposeChoicesDocument, type ProposeChoicesQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { propose } from '../i18n/areas/propose.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Page } from '../ui/Page.tsx'
import { useParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { ProposalMade } from './ProposalMade.tsx'
import { ProposeForm } from './ProposeForm.tsx'

export type ProposeCommunity = NonNullable<ProposeChoicesQuery['community']>

export function ProposePage() {
  const t = useT(propose)
  const { slug = '' } = useParams()
  const [made, setMade] = useState<string | null>(null)
  const { data, error, refetch } = useQuery(ProposeChoicesDocument, { slug })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { community, viewer } = data
  if (!community) return <NotFound />
  if (!community.viewerIsMember) {
    return <NotAllowed message={t('notMember')} signedIn={viewer !== null} />
  }
  if (made) {
    return (
      <ProposalMade
        proposal={made}
        title={t('done.title')}
        text={t('done.text')}
        toVote={t('done.toVote')}
      >
        <Button onClick={() => setMade(null)}>{t('done.more')}</Button>
      </ProposalMade>
    )
  }
  return (
    <Page title={t('title')} lead={t('lead', { community: community.name })} narrow>
      <ProposeForm community={community} onMade={setMade} />
    </Page>
  )
}
