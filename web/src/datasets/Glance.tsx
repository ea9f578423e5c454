import { Fragment } from 'react'
import type { DatasetQuery } from '../graphql/generated.ts'
import { datasets } from '../i18n/areas/datasets.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Languages } from '../ui/Languages.tsx'
import { Card, Facts } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Day } from '../ui/Text.tsx'
import css from './Dataset.module.css'

type Shown = NonNullable<DatasetQuery['dataset']>

/** The next step, right under the title. */
export function Ask({ dataset }: { readonly dataset: Shown }) {
  const t = useT(datasets)
  const count = dataset.viewerGrants.length
  return (
    <div className={css.next}>
      <ButtonRow>
        <ButtonLink to={`/datasets/${dataset.id}/request`} look="primary">
          {t('ask.button')}
        </ButtonLink>
        {dataset.versions.length > 0 && (
          <Link to={`/datasets/${dataset.id}/preview`}>{t('ask.preview')}</Link>
        )}
        <a href="#check">{t('check.title')}</a>
      </ButtonRow>
      {count > 0 && (
        <p>
          {t('ask.grants', { count })} <Link to="/grants">{t('ask.toGrants')}</Link>
        </p>
      )}
    </div>
  )
}

function Work({ dataset }: { readonly dataset: Shown }) {
  const t = useT(datasets)
  if (!dataset.viewerCanContribute && !dataset.viewerCanSteward) return null
  return (
    <Card>
      <h2>{t('steward.title')}</h2>
      <ul>
        {dataset.viewerCanContribute && (
          <li>
            <Link to={`/contribute?dataset=${dataset.id}`}>{t('steward.contribute')}</Link>
          </li>
        )}
        {dataset.viewerCanSteward && (
          <li>
            <Link to={`/datasets/${dataset.id}/assemble`}>{t('steward.assemble')}</Link>
          </li>
        )}
      </ul>
    </Card>
  )
}

/** Beside the text: the short facts, the way to ask, the way to cite. */
export function Glance({ dataset }: { readonly dataset: Shown }) {
  const t = useT(datasets)
  const words = useT(shared)
  const { community, custody, licence, versions } = dataset
  const [newest] = versions
  const keepers = custody?.keepers ?? [{ community, licence, left: false }]
  const licences = keepers.flatMap((one) => one.licence ?? [])
  return (
    <>
      <Card>
        <h2>{t('facts.title')}</h2>
        <Facts
          stacked
          facts={[
            [t('facts.languages'), <Languages key="languages" tags={dataset.languages} />],
            [t('facts.kind'), words.code('kind', dataset.kind)],
            [t('facts.openness'), words.code('stage', String(dataset.stage))],
            ...dataset.artefacts.map(
              ({ artefact, stage }) =>
                [words.code('artefact', artefact), words.code('stage', String(stage))] as const,
            ),
            licences.length > 0 && [
              t('facts.licence'),
              licences.map(({ digest, title }, nth) => (
                <Fragment key={digest}>
                  {nth > 0 && ' · '}
                  <Link to={`/licences/${digest}`} dir="auto">
                    {title}
                  </Link>
                </Fragment>
              )),
            ],
            dataset.keywords.length > 0 && [t('facts.keywords'), dataset.keywords.join(', ')],
            [t('facts.since'), <Day key="since" iso={dataset.createdAt} />],
          ]}
        />
      </Card>
      {newest && (
        <Card>
          <h2>{t('cite.title')}</h2>
          <p className={css.cite} dir="auto">
            {t('cite.text', {
              community: keepers
                .flatMap((one) => (one.left ? [] : [one.community.name]))
                .join(', '),
              title: dataset.title,
              version: newest.version,
              address: `/datasets/${dataset.id}`,
            })}
          </p>
        </Card>
      )}
      <Work dataset={dataset} />
    </>
  )
}
