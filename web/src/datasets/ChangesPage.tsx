import { VersionChangesDocument, type VersionChangesQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { reading } from '../i18n/areas/reading.ts'
import { useT } from '../i18n/use-t.ts'
import { Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { ChangeList } from './ChangeList.tsx'
import { TombstonePage } from './TombstonePage.tsx'

/** `/datasets/:id/versions/1.0.0...1.1.0` compares two versions; one number alone is that version. */
export function VersionPage() {
  const { range = '' } = useParams()
  const [from = '', to] = range.split('...')
  return to === undefined ? <TombstonePage /> : <ChangesPage from={from} to={to} />
}

function ChangesPage({ from, to }: { readonly from: string; readonly to: string }) {
  const t = useT(reading)
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(VersionChangesDocument, { id, from, to })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { dataset } = data
  if (!dataset?.changes) return <NotFound />
  return (
    <Page
      title={t('changes.title', { from, to })}
      above={
        <>
          {t('changes.of')}{' '}
          <Link to={`/datasets/${dataset.id}`} dir="auto">
            {dataset.title}
          </Link>
        </>
      }
    >
      <ChangeList changes={dataset.changes} level="h2" />
      <OtherPairs dataset={dataset} />
    </Page>
  )
}

type Shown = NonNullable<VersionChangesQuery['dataset']>

/** Every version with the one before it. */
function OtherPairs({ dataset: { id, versions } }: { readonly dataset: Shown }) {
  const t = useT(reading)
  const pairs = versions.flatMap(({ version: to }, nth) => {
    const from = versions[nth + 1]?.version
    return from === undefined ? [] : [{ from, to }]
  })
  if (pairs.length < 2) return null
  return (
    <Section title={t('changes.others')}>
      <ul>
        {pairs.map((pair) => (
          <li key={pair.to}>
            <Link to={`/datasets/${id}/versions/${pair.from}...${pair.to}`}>
              {t('changes.pair', pair)}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
