import type { DatasetQuery } from '../graphql/generated.ts'
import { datasets } from '../i18n/areas/datasets.ts'
import { useT } from '../i18n/use-t.ts'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import css from './Dataset.module.css'

type Community = NonNullable<DatasetQuery['dataset']>['community']

const shown = [
  ['access.grant', 'decide.access'],
  ['dataset.publish', 'decide.publish'],
] as const

/** Who decides about this dataset and by which rule, in words. */
export function Deciders({ community }: { readonly community: Community }) {
  const t = useT(datasets)
  return (
    <Section title={t('decide.title')} id="deciders">
      {shown.map(([matter, key]) => {
        const rule = community.charter.matters.find((one) => one.matter === matter)
        if (!rule) return null
        return (
          <div key={matter} className={css.rule}>
            <h3>{t(key)}</h3>
            <ul>
              {rule.text.map((sentence) => (
                <li key={sentence} dir="auto">
                  {sentence}
                </li>
              ))}
            </ul>
          </div>
        )
      })}
      <p>
        <Link to={`/communities/${community.slug}#charter`}>{t('decide.more')}</Link>
      </p>
    </Section>
  )
}
