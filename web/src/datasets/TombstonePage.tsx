import { TombstoneOfDocument, type TombstoneOfQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { reading } from '../i18n/areas/reading.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Facts, Page } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { DataText } from '../ui/Text.tsx'

type Gone = NonNullable<TombstoneOfQuery['tombstone']>

/** At the address of a dataset or version that is not there: why, if everybody could once see it. */
export function TombstonePage() {
  const { id = '', range } = useParams()
  const { data, error, refetch } = useQuery(TombstoneOfDocument, {
    dataset: id,
    version: range ?? null,
  })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (data.tombstone) return <Tombstone gone={data.tombstone} />
  const version = range === undefined ? null : data.dataset?.version
  return version ? <Standing id={id} title={data.dataset?.title ?? id} /> : <NotFound />
}

/** A version that is there stands with the others on the page of its dataset. */
function Standing({ id, title }: { readonly id: string; readonly title: string }) {
  const t = useT(reading)
  return (
    <Page title={title} narrow canonical={`/datasets/${id}`}>
      <p>
        <Link to={`/datasets/${id}#versions`}>{t('version.there')}</Link>
      </p>
    </Page>
  )
}

function Tombstone({ gone }: { readonly gone: Gone }) {
  const t = useT(reading)
  const format = useFormat()
  const { id, title, version, cause, at, reason, entry, community, proposal } = gone
  const heading =
    cause === 'takedown'
      ? t('gone.takedown', { title })
      : t('gone.version', { title, version: version ?? '' })
  return (
    <Page title={heading} lead={t.code('gone.lead', cause)} narrow status={410}>
      <Facts
        facts={[
          [
            t('gone.community'),
            <Link key="community" to={`/communities/${community.slug}`} dir="auto">
              {community.name}
            </Link>,
          ],
          at && [t('gone.when'), format.instant(at)],
          reason && [t('gone.why'), <DataText key="why">{reason}</DataText>],
          proposal && [
            t('gone.decision'),
            <Link key="decision" to={`/decisions/${proposal.id}`}>
              {t('gone.read')}
            </Link>,
          ],
          entry !== null && [
            t('gone.entry'),
            <Link key="entry" to={`/log/entries/${entry}`}>
              {entry}
            </Link>,
          ],
        ]}
      />
      <p>
        {t('gone.have')} <Link to="/grants">{t('gone.grants')}</Link>
      </p>
      {cause === 'withdrawal' && (
        <p>
          <Link to={`/datasets/${id}`}>{t('gone.newest')}</Link>
        </p>
      )}
    </Page>
  )
}
