import type { DatasetQuery } from '../graphql/generated.ts'
import { datasets } from '../i18n/areas/datasets.ts'
import { useT } from '../i18n/use-t.ts'
import { Clauses } from '../licences/Clauses.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

type Shown = NonNullable<NonNullable<DatasetQuery['dataset']>['custody']>

/** Several communities keep a dataset: by which rule, and what the licence of each says. */
export function Custody({ rule, keepers }: Shown) {
  const t = useT(datasets)
  return (
    <Section title={t('custody.title')} id="licence">
      <p>{rule === 'any' ? t('custody.any') : t('custody.all')}</p>
      {keepers.some(({ left }) => left) && <p>{t('custody.leftText')}</p>}
      {keepers.map(({ community, licence, left }) => (
        <div key={community.slug}>
          <h3>
            <Link to={`/communities/${community.slug}`} dir="auto">
              {community.name}
            </Link>{' '}
            {left && <Tag tone="note">{t('custody.left')}</Tag>}
          </h3>
          {licence && (
            <>
              <Clauses summary={licence.summary} level="h4" />
              <p>
                <Link to={`/licences/${licence.digest}`}>{t('licence.read')}</Link>
              </p>
            </>
          )}
        </div>
      ))}
    </Section>
  )
}
