import { Fragment } from 'react'
import { DatasetDocument, type DatasetQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { datasets } from '../i18n/areas/datasets.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Clauses } from '../licences/Clauses.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Columns, Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Empty, Failed, Loading } from '../ui/State.tsx'
import { Day } from '../ui/Text.tsx'
import { absent } from './absent.ts'
import { Custody } from './Custody.tsx'
import { Deciders } from './Deciders.tsx'
import { Ask, Glance } from './Glance.tsx'
import { Lineage } from './Lineage.tsx'
import { Notices } from './Notices.tsx'
import { UseCheck } from './UseCheck.tsx'
import { Statement, Versions } from './Versions.tsx'

type Shown = NonNullable<DatasetQuery['dataset']>

function LicenceInWords({ licence }: { readonly licence: Shown['licence'] }) {
  const t = useT(datasets)
  return (
    <Section title={t('licence.title')} id="licence">
      {!licence && <Empty>{t('licence.none')}</Empty>}
      {licence && (
        <>
          <Clauses summary={licence.summary} level="h3" />
          <p>
            <Link to={`/licences/${licence.digest}`}>{t('licence.read')}</Link>
          </p>
        </>
      )}
    </Section>
  )
}

function Decisions({ dataset }: { readonly dataset: Shown }) {
  const t = useT(datasets)
  const words = useT(shared)
  const { id: about, proposals, community, viewerCanProposeTakedown: mayEnd } = dataset
  const several = new Set(proposals.map((one) => one.community.name)).size > 1
  if (proposals.length === 0 && !mayEnd) return null
  return (
    <Section title={t('decisions.title')} id="decisions">
      <ul>
        {proposals.map(({ id, title, phase, madeAt, community }) => (
          <li key={id}>
            <Link to={`/decisions/${id}`} dir="auto">
              {title}
            </Link>
            {' · '}
            {several && (
              <>
                <span dir="auto">{community.name}</span>
                {' · '}
              </>
            )}
            {words(`phase.${phase}`)} · <Day iso={madeAt} />
          </li>
        ))}
      </ul>
      {mayEnd && (
        <p>
          <Link to={`/communities/${community.slug}/propose?kind=takedown&dataset=${about}`}>
            {t('decisions.takedown')}
          </Link>
          {' · '}
          <a href={`/datasets/${about}/fingerprint`}>{t('decisions.copies')}</a>
        </p>
      )}
    </Section>
  )
}

function Belongs({ community, custody, madeBy }: Shown) {
  const t = useT(datasets)
  const keepers = custody?.keepers.filter(({ left }) => !left).map((one) => one.community)
  const names = keepers ?? [community]
  return (
    <>
      {names.length > 1 ? t('above.together') : t('above.community')}{' '}
      {names.map(({ slug, name }, nth) => (
        <Fragment key={slug}>
          {nth > 0 && ' · '}
          <Link to={`/communities/${slug}`} dir="auto">
            {name}
          </Link>
        </Fragment>
      ))}{' '}
      {madeBy && (
        <>
          · {t('above.madeBy')}{' '}
          <Link to={`/communities/${madeBy.slug}`} dir="auto">
            {madeBy.name}
          </Link>{' '}
        </>
      )}
      {community.fictitious && <Tag tone="note">{t('made.up')}</Tag>}
    </>
  )
}

/** One dataset: what its licence says, whether a use fits, its files, and who decides. */
export function DatasetPage() {
  const { id = '' } = useParams()
  const { data, error, fetching, refetch } = useQuery(DatasetDocument, { id })
  const dataset = data?.dataset
  if (fetching) return <Loading />
  if (error && !dataset) return <Failed message={error} onRetry={refetch} />
  if (!data || !dataset) return <absent.Page />
  const [newest] = dataset.versions
  return (
    <Page
      title={dataset.title}
      lang={dataset.languages[0]}
      lead={dataset.description}
      description={dataset.description}
      canonical={`/datasets/${dataset.id}`}
      above={<Belongs {...dataset} />}
    >
      {dataset.licence && <Ask dataset={dataset} />}
      <Notices dataset={dataset} />
      <Columns
        main={
          <>
            {dataset.custody ? (
              <Custody {...dataset.custody} />
            ) : (
              <LicenceInWords licence={dataset.licence} />
            )}
            {dataset.version && (
              <UseCheck
                dataset={dataset.id}
                terms={dataset.version.terms}
                now={data.registry.now}
              />
            )}
            <Lineage dataset={dataset} />
            <Versions of={dataset.id} versions={dataset.versions} />
            {newest && <Statement version={newest} />}
            <Deciders community={dataset.community} />
            <Decisions dataset={dataset} />
          </>
        }
        aside={<Glance dataset={dataset} />}
      />
    </Page>
  )
}
