import { AccountDocument, type AccountQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { people } from '../i18n/areas/people.ts'
import { useT } from '../i18n/use-t.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Facts, Page, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed } from '../ui/State.tsx'
import { DataText } from '../ui/Text.tsx'
import { ContributionList } from './ContributionList.tsx'
import { RequestList } from './RequestList.tsx'
import { SessionList } from './SessionList.tsx'
import { SigningDevices } from './SigningDevices.tsx'
import { TokenList } from './TokenList.tsx'

export type AccountViewer = NonNullable<AccountQuery['viewer']>

export function AccountPage() {
  const t = useT(people)
  const { data, error, refetch } = useQuery(AccountDocument, {})
  if (error) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { viewer } = data
  if (!viewer) return <NotAllowed message={t('needsSignIn.text')} />
  return (
    <Page title={t('account.title')}>
      <Facts
        facts={[
          [t('field.name'), <DataText key="name">{viewer.name}</DataText>],
          [
            t('field.email'),
            `${viewer.email} (${t(viewer.emailVerified ? 'account.verified' : 'account.unverified')})`,
          ],
        ]}
      />
      {viewer.operator && <OperatorNotice />}
      <ButtonRow>
        <ButtonLink to="/notices">{t('account.notices')}</ButtonLink>
        <ButtonLink to="/sign-out">{t('account.signOut')}</ButtonLink>
      </ButtonRow>
      <Memberships viewer={viewer} />
      <RequestList requests={viewer.requests} />
      <ContributionList contributions={viewer.contributions} />
      <TokenList tokens={viewer.tokens} />
      <SigningDevices keys={viewer.ballotKeys} />
      <SessionList sessions={viewer.sessions} />
    </Page>
  )
}

function OperatorNotice() {
  const t = useT(people)
  return (
    <Notice tone="note">
      <p>{t('account.operator')}</p>
      <p>
        <Link to="/set-up">{t('account.foundCommunity')}</Link>
      </p>
    </Notice>
  )
}

function Memberships({ viewer }: { readonly viewer: AccountViewer }) {
  const t = useT(people)
  return (
    <Section title={t('memberships.title')}>
      {viewer.memberships.length === 0 && <p>{t('memberships.none')}</p>}
      <ul>
        {viewer.memberships.map(({ community, member, bodies, group }) => (
          <li key={member}>
            <Link to={`/communities/${community.slug}`} dir="auto">
              {community.name}
            </Link>
            <br />
            {bodies.length > 0
              ? t('memberships.bodies', { bodies: bodies.join(', ') })
              : t('memberships.noBodies')}
            {group && (
              <>
                <br />
                {t('memberships.group', { group })}
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
