import { LicencesDocument, type LicencesQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { licences } from '../i18n/areas/licences.ts'
import { useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import { Card, Details, Page, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Empty, Failed, Loading } from '../ui/State.tsx'
import { Day } from '../ui/Text.tsx'
import { Clauses } from './Clauses.tsx'
import { Inspired } from './Inspired.tsx'
import css from './Licence.module.css'

type Listed = LicencesQuery['licences'][number]

const bySlug = (listed: readonly Listed[]): readonly (readonly Listed[])[] => {
  const groups = new Map<string, Listed[]>()
  for (const one of listed) {
    const slug = one.community?.slug ?? ''
    groups.set(slug, [...(groups.get(slug) ?? []), one])
  }
  return [...groups.values()]
}

function Adopted({ listed }: { readonly listed: readonly Listed[] }) {
  const t = useT(licences)
  const community = listed[0]?.community
  return (
    <Card>
      <h3>
        {community && (
          <Link to={`/communities/${community.slug}`} dir="auto">
            {community.name}
          </Link>
        )}{' '}
        {community?.fictitious && <Tag tone="note">{t('list.fictitious')}</Tag>}
      </h3>
      <ul>
        {listed.map(({ digest, title, version, adoptedAt, claims }) => (
          <li key={digest}>
            <Link to={`/licences/${digest}`} dir="auto">
              {title}
            </Link>
            <br />
            {t('list.version', { version })} · <Day iso={adoptedAt} />
            {claims.length > 0 && (
              <>
                {' · '}
                {t('list.proved', {
                  count: claims.length,
                  proved: claims.filter(({ holds }) => holds === true).length,
                })}
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Every licence in force here, and the templates one can begin with. */
export function LicencesPage() {
  const t = useT(licences)
  const { data, error, fetching, refetch } = useQuery(LicencesDocument, {})
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  return (
    <Page
      title={t('list.title')}
      lead={t('list.lead')}
      description={t('list.lead')}
      canonical="/licences"
    >
      {fetching && <Loading />}
      {data && (
        <>
          <Section title={t('list.adopted')} id="adopted">
            {data.licences.length === 0 && <Empty>{t('list.none')}</Empty>}
            <ul className={css.cards}>
              {bySlug(data.licences).map((listed) => (
                <li key={listed[0]?.digest}>
                  <Adopted listed={listed} />
                </li>
              ))}
            </ul>
            <p>
              <Link to="/licences/together">{t('together.link')}</Link>
            </p>
          </Section>
          <Section title={t('list.templates')} id="templates">
            <p>{t('list.templates.intro')}</p>
            <ul className={css.cards}>
              {data.licenceTemplates.map(({ name, title, description, inspiredBy, summary }) => (
                <li key={name}>
                  <Card>
                    <h3>{title}</h3>
                    <p>{description}</p>
                    {inspiredBy && <Inspired address={inspiredBy} />}
                    <Details summary={t('list.says')}>
                      <Clauses summary={summary} level="h4" />
                    </Details>
                  </Card>
                </li>
              ))}
            </ul>
          </Section>
        </>
      )}
    </Page>
  )
}
