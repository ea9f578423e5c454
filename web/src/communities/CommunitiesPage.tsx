import { CommunitiesDocument } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Empty, Failed, Loading } from '../ui/State.tsx'
import css from './Communities.module.css'

/** Every community of this registry. */
export function CommunitiesPage() {
  const t = useT(communities)
  const { data, error, fetching, refetch } = useQuery(CommunitiesDocument, {})
  if (fetching) return <Loading />
  if (!data) return <Failed message={error} onRetry={refetch} />
  return (
    <Page title={t('title')} lead={t('lead')} description={t('lead')} canonical="/communities">
      {data.communities.length === 0 && <Empty>{t('empty')}</Empty>}
      <ul className={css.grid}>
        {data.communities.map((community) => (
          <li key={community.id}>
            <h2>
              <Link to={`/communities/${community.slug}`} dir="auto">
                {community.name}
              </Link>
            </h2>
            {community.fictitious && <Tag tone="note">{t('fictitious')}</Tag>}
            <p dir="auto">{community.description}</p>
            <p>
              {t('datasets', { count: community.datasets.length })}
              {community.bodies.map(({ name, size }) => (
                <span key={name}>
                  {' · '}
                  {t.code('body', name)}: {size}
                </span>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </Page>
  )
}
