import { NoticesDocument, type NoticeViewerFragment } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { notices } from '../i18n/areas/notices.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { Failed, Loading, NotAllowed } from '../ui/State.tsx'
import { BallotLinkList } from './BallotLinkList.tsx'
import { NoticeList } from './NoticeList.tsx'
import { SettingsForm } from './SettingsForm.tsx'
import { VerifyAgain } from './VerifyAgain.tsx'

export type NoticeViewer = NoticeViewerFragment

export function NoticesPage() {
  const { code: language } = useLocale()
  const { data, error, refetch } = useQuery(NoticesDocument, { language })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (!data.viewer) return <NotAllowed />
  return <NoticesView viewer={data.viewer} />
}

/** What a person was told, by which links they can vote, and what they want to be told. */
export function NoticesView({ viewer }: { readonly viewer: NoticeViewer }) {
  const t = useT(notices)
  return (
    <Page title={t('title')} lead={t('lead')} narrow>
      {!viewer.emailVerified && <VerifyAgain email={viewer.email} />}
      {viewer.undelivered ? (
        <Notice tone="bad">
          <p>{t('operator.undelivered', { count: viewer.undelivered })}</p>
        </Notice>
      ) : null}
      <NoticeList viewer={viewer} />
      <BallotLinkList links={viewer.ballotLinks} />
      <SettingsForm settings={viewer.noticeSettings} />
    </Page>
  )
}
