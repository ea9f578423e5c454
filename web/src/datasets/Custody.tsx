import type { DatasetQuery } from '../graphql/generated.ts'
import { datasets } from '../i18n/areas/datasets.ts'
import { useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

type Shown = NonNullable<DatasetQuery['dataset']>

/** Several communities keep a dataset: by which rule, and under which licence each. */
export function Custody({ custody }: Pick<Shown, 'custody'>) {
  const t = useT(datasets)
  if (!custody) return null
  return (
    <Section title={t('custody.title')} id="custody">
      <p>{custody.rule === 'any' ? t('custody.any') : t('custody.all')}</p>
      <ul>
        {custody.keepers.map(({ community, licence, left }) => (
          <li key={community.slug}>
            <Link to={`/communities/${community.slug}`} dir="auto">
              {community.name}
            </Link>
            {licence && (
              <>
                {': '}
                <Link to={`/licences/${licence.digest}`} dir="auto">
                  {licence.title}
                </Link>
              </>
            )}{' '}
            {left && <Tag tone="note">{t('custody.left')}</Tag>}
          </li>
        ))}
      </ul>
      {custody.keepers.some(({ left }) => left) && <p>{t('custody.leftText')}</p>}
    </Section>
  )
}
