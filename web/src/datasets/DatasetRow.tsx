import type { CatalogueQuery } from '../graphql/generated.ts'
import { catalogue } from '../i18n/areas/catalogue.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Languages } from '../ui/Languages.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Link } from '../ui/router.tsx'
import css from './Catalogue.module.css'

type Row = CatalogueQuery['datasets']['nodes'][number]

function Closed({ row }: { readonly row: Row }) {
  const t = useT(catalogue)
  const format = useFormat()
  if (!row.suspended && !row.embargoUntil) return null
  return (
    <li>
      {row.suspended && <Tag tone="bad">{t('card.suspended')}</Tag>}
      {!row.suspended && row.embargoUntil && (
        <Tag tone="wait">{t('card.embargo', { date: format.day(row.embargoUntil) })}</Tag>
      )}
    </li>
  )
}

/** One dataset in a list: what it is, whose it is, how open it is. */
export function DatasetRow({ row }: { readonly row: Row }) {
  const t = useT(catalogue)
  const words = useT(shared)
  const [lang] = row.languages
  return (
    <li className={css.result}>
      <h3>
        <Link to={`/datasets/${row.id}`} lang={lang} dir="auto">
          {row.title}
        </Link>
      </h3>
      <p className={css.whose}>
        <Link to={`/communities/${row.community.slug}`} dir="auto">
          {row.community.name}
        </Link>
        {' · '}
        <Languages tags={row.languages} /> · {words.code('kind', row.kind)}
      </p>
      <p className={css.about} dir="auto">
        {row.description}
      </p>
      <ul className={css.meta}>
        <li>
          <Tag>{words.code('stage', String(row.stage))}</Tag>
        </li>
        <Closed row={row} />
        {row.licence && (
          <li>
            {t('card.licence')}:{' '}
            <Link to={`/licences/${row.licence.digest}`} dir="auto">
              {row.licence.title}
            </Link>
          </li>
        )}
      </ul>
    </li>
  )
}
