import { GrantsDocument, type OwnGrantFragment } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { grants } from '../i18n/areas/grants.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Notice, Tag } from '../ui/Notice.tsx'
import { Card, Details, Facts, Page, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Empty, Failed, Loading, NotAllowed } from '../ui/State.tsx'
import { AcceptTerms } from './AcceptTerms.tsx'
import { DatasetName } from './DatasetName.tsx'
import { GrantDownloads } from './GrantDownloads.tsx'
import { GrantDuties } from './GrantDuties.tsx'
import { GrantFiles } from './GrantFiles.tsx'
import css from './Grants.module.css'
import { GrantTeam } from './GrantTeam.tsx'
import { byUse } from './grant-page.ts'

export function GrantsPage() {
  const t = useT(grants)
  const { data, error, refetch } = useQuery(GrantsDocument, {})
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (!data.viewer) return <NotAllowed />
  const held = byUse(data.viewer.grants)
  const shared = byUse(data.viewer.teamGrants)
  return (
    <Page title={t('title')} lead={t('lead')}>
      {held.length + shared.length === 0 && (
        <Empty>
          <p>{t('none')}</p>
          <ButtonLink to="/">{t('toCatalogue')}</ButtonLink>
        </Empty>
      )}
      {held.map((grant) => (
        <GrantCard key={grant.id} grant={grant} now={data.registry.now} />
      ))}
      {shared.length > 0 && (
        <Section title={t('shared')}>
          {shared.map((grant) => (
            <SharedCard key={grant.id} grant={grant} now={data.registry.now} />
          ))}
        </Section>
      )}
      <ButtonRow>
        <ButtonLink to="/account">{t('requests')}</ButtonLink>
      </ButtonRow>
    </Page>
  )
}

/** A grant of somebody else: an invitation until one has accepted. */
function SharedCard({ grant, now }: GrantCardProps) {
  const t = useT(grants)
  const mine = grant.team.find(({ viewer }) => viewer)
  if (mine?.state === 'accepted') return <GrantCard grant={grant} now={now} />
  const said = mine?.state === 'newTerms' ? 'invited.newTerms' : 'invited.text'
  return (
    <Card>
      <h3>
        <DatasetName dataset={grant.dataset} />
      </h3>
      <Notice tone="wait" title={t('invited.title')}>
        <p>{t(said, { holder: grant.holder ?? t('someone') })}</p>
        <ButtonLink to={`/grants/${grant.id}/team`} look="primary">
          {t('invited.open')}
        </ButtonLink>
      </Notice>
    </Card>
  )
}

interface GrantCardProps {
  readonly grant: OwnGrantFragment
  readonly now: string
}

const tones = { active: 'good', suspended: 'wait', reacceptNeeded: 'wait' } as const

export function GrantCard({ grant, now }: GrantCardProps) {
  const t = useT(grants)
  const tone = Object.entries(tones).find(([state]) => state === grant.state)?.[1] ?? 'bad'
  return (
    <article id={grant.id} className={css.target}>
      <Card>
        <h2>
          <DatasetName dataset={grant.dataset} />{' '}
          <Tag tone={tone}>{t.code('state', grant.state)}</Tag>
        </h2>
        {grant.stateReason && <p dir="auto">{t('reason', { reason: grant.stateReason })}</p>}
        {grant.newTerms && <AcceptTerms grant={grant.id} terms={grant.newTerms} />}
        <GrantFacts grant={grant} />
        <GrantDuties grant={grant} now={now} />
        <Renewal grant={grant} />
        <GrantTeam grant={grant} />
        <GrantFiles grant={grant} />
        <GrantDownloads downloads={grant.downloads} />
        {grant.token && (
          <Details summary={t('token.title')}>
            <p>{t('token.text')}</p>
            <Copy label={t('token.label')} value={grant.token} rows={5} />
            <p>
              <a href={`/grants/${grant.id}/agreement.jsonld`}>{t('token.agreement')}</a>
            </p>
          </Details>
        )}
      </Card>
    </article>
  )
}

const ENDED: ReadonlySet<string> = new Set(['revoked', 'renewed', 'expired'])

/** The way to a further term, for its holder. */
function Renewal({ grant }: { readonly grant: OwnGrantFragment }) {
  const t = useT(grants)
  if (grant.viewerRole !== 'holder' || ENDED.has(grant.state)) return null
  const pending = grant.pendingRenewal
  return (
    <ButtonRow>
      <ButtonLink to={pending ? `/requests/${pending.id}` : `/grants/${grant.id}/renew`}>
        {t(pending ? 'renew.asked' : 'renew.ask')}
      </ButtonLink>
    </ButtonRow>
  )
}

function GrantFacts({ grant }: { readonly grant: OwnGrantFragment }) {
  const t = useT(grants)
  const words = useT(shared)
  const format = useFormat()
  const list = (group: string, codes: readonly string[]) =>
    codes.map((code) => words.code(group, code)).join(' · ')
  const decision = grant.proposal ? (
    <Link key="decision" to={`/decisions/${grant.proposal.id}`}>
      {t('decisionLink')}
    </Link>
  ) : (
    t('decisionLicence')
  )
  return (
    <Facts
      facts={[
        [
          t('term'),
          t('termText', { from: format.day(grant.issuedAt), to: format.day(grant.expiresAt) }),
        ],
        grant.viewerRole === 'holder' ? null : [t('holder'), grant.holder ?? t('someone')],
        [t('purposes'), list('purpose', grant.purposes)],
        [t('actions'), list('action', grant.actions)],
        [t('decision'), decision],
      ]}
    />
  )
}
