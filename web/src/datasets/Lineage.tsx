import type { DatasetQuery } from '../graphql/generated.ts'
import { datasets } from '../i18n/areas/datasets.ts'
import { useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

type Shown = NonNullable<DatasetQuery['dataset']>

function MadeFrom({ parents }: Pick<NonNullable<Shown['version']>, 'parents'>) {
  const t = useT(datasets)
  return (
    <>
      <p>{t('lineage.from')}</p>
      <ul>
        {parents.map(({ id, version, dataset, closed }) => (
          <li key={`${id} ${version}`}>
            {dataset ? (
              <Link to={`/datasets/${id}`} dir="auto">
                {t('lineage.work', { title: dataset.title, version })}
              </Link>
            ) : (
              t('lineage.hidden', { version })
            )}{' '}
            {closed && <Tag tone="bad">{t('lineage.closed')}</Tag>}
          </li>
        ))}
      </ul>
      {parents.some(({ closed }) => closed) && <p>{t('lineage.closedText')}</p>}
    </>
  )
}

/** What a dataset was made from, and what was made from it. */
export function Lineage({ dataset: { version, madeFromThis } }: { readonly dataset: Shown }) {
  const t = useT(datasets)
  const parents = version?.parents ?? []
  if (parents.length + madeFromThis.length === 0) return null
  return (
    <Section title={t('lineage.title')} id="lineage">
      {parents.length > 0 && <MadeFrom parents={parents} />}
      {madeFromThis.length > 0 && (
        <>
          <p>{t('lineage.to')}</p>
          <ul>
            {madeFromThis.map((work) => (
              <li key={`${work.dataset.id} ${work.version}`}>
                <Link to={`/datasets/${work.dataset.id}`} dir="auto">
                  {t('lineage.work', { title: work.dataset.title, version: work.version })}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
