import { ResultCharts } from '../governance/ResultCharts.tsx'
import { StandingDecisions } from '../governance/StandingDecisions.tsx'
import { CommunityDocument, type CommunityQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { communities } from '../i18n/areas/communities.ts'
import { decisions } from '../i18n/areas/decisions.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Languages } from '../ui/Languages.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Card, Columns, Facts, Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Empty, Failed, Loading, NotFound } from '../ui/State.tsx'
import { CharterRules } from './CharterRules.tsx'
import { Register } from './Register.tsx'

type Shown = NonNullable<CommunityQuery['community']>

function Data({ community }: { readonly community: Shown }) {
  const t = useT(communities)
  const words = useT(shared)
  return (
    <Section title={t('data.title')} id="datasets">
      {community.datasets.length === 0 && <Empty>{t('data.none')}</Empty>}
      <ul>
        {community.datasets.map(({ id, title, kind, languages, stage }) => (
          <li key={id}>
            <Link to={`/datasets/${id}`} lang={languages[0]} dir="auto">
              {title}
            </Link>
            {' · '}
            <Languages tags={languages} />
            {' · '}
            {words.code('kind', kind)} · {words.code('stage', String(stage))}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Licences({ community }: { readonly community: Shown }) {
  const t = useT(communities)
  const format = useFormat()
  return (
    <Section title={t('licences.title')} id="licences">
      {community.licences.length === 0 && <Empty>{t('licences.none')}</Empty>}
      <ul>
        {community.licences.map(({ digest, title, version, adoptedAt }) => (
          <li key={digest}>
            <Link to={`/licences/${digest}`} dir="auto">
              {title}
            </Link>
            {', '}
            {t('licences.version', { version, date: format.day(adoptedAt) })}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Results({ community }: { readonly community: Shown }) {
  const t = useT(decisions)
  return (
    <Section title={t('chart.title')} id="results">
      <ResultCharts results={community.results} csv={`/decisions.csv?community=${community.id}`} />
    </Section>
  )
}

function People({ community }: { readonly community: Shown }) {
  const t = useT(communities)
  return (
    <Card>
      <h2>{t('bodies.title')}</h2>
      <Facts
        stacked
        facts={community.bodies.map(({ name, size }) => [
          t.code('body', name),
          t('body.size', { count: size }),
        ])}
      />
    </Card>
  )
}

function Work({ community }: { readonly community: Shown }) {
  const t = useT(communities)
  const { viewerIsMember, viewerCanContribute, viewerCanSteward, slug } = community
  if (!viewerIsMember && !viewerCanContribute && !viewerCanSteward) return null
  return (
    <Card>
      <h2>{t('work.title')}</h2>
      {viewerIsMember && <p>{t('work.member')}</p>}
      <ul>
        {viewerCanContribute && (
          <li>
            <Link to="/contribute">{t('work.create')}</Link>
          </li>
        )}
        <li>
          <Link to={`/communities/${slug}/propose`}>{t('work.propose')}</Link>
        </li>
        {viewerIsMember && (
          <li>
            <Link to={`/communities/${slug}/propose?kind=election`}>{t('work.election')}</Link>
          </li>
        )}
        {viewerIsMember && (
          <li>
            <Link to={`/communities/${slug}/propose?kind=end`}>{t('work.end')}</Link>
          </li>
        )}
        {viewerIsMember && (
          <li>
            <Link to={`/communities/${slug}/licences/new`}>{t('work.licence')}</Link>
          </li>
        )}
        {viewerIsMember && (
          <li>
            <Link to={`/communities/${slug}/duties`}>{t('work.duties')}</Link>
          </li>
        )}
        {viewerIsMember && (
          <li>
            <Link to={`/communities/${slug}/charter/edit`}>{t('work.charter')}</Link>
          </li>
        )}
      </ul>
    </Card>
  )
}

/** One community: who it is, how it decides, what it keeps, and whether its decisions bind. */
export function CommunityPage() {
  const t = useT(communities)
  const { slug = '' } = useParams()
  const { data, error, fetching, refetch } = useQuery(CommunityDocument, { slug })
  const community = data?.community
  if (fetching) return <Loading />
  if (error && !community) return <Failed message={error} onRetry={refetch} />
  if (!community) return <NotFound />
  return (
    <Page
      title={community.name}
      lead={community.description}
      description={community.description}
      canonical={`/communities/${community.slug}`}
    >
      {community.fictitious && <Notice tone="note">{t('fictitiousNote')}</Notice>}
      <Columns
        main={
          <>
            <Data community={community} />
            <Licences community={community} />
            <Register community={community} />
            <StandingDecisions
              slug={community.slug}
              all={community.delegations}
              isMember={community.viewerIsMember}
            />
            <Results community={community} />
            <CharterRules community={community} />
          </>
        }
        aside={
          <>
            <People community={community} />
            <Work community={community} />
          </>
        }
      />
    </Page>
  )
}
