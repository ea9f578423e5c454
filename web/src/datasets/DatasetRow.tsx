import type { CatalogueQuery } from '../graphql/generated.ts'
import { catalogue } from '../i18n/areas/catalogue.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { isOutlook, outlookTones } from '../licences/outlook-tones.ts'
import { Languages } from '../ui/Languages.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Link } from '../ui/router.tsx'
import css from './Catalogue.module.css'
import { checkOf } from './search-params.ts'

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

/** What the licence says of the use the reader named, and the way to why. */
function Usable({ row, params }: DatasetRowProps) {
  const t = useT(catalogue)
  const words = useT(shared)
  const outlook = row.usable?.outlook ?? ''
  if (!isOutlook(outlook)) return null
  return (
    <p className={css.usable}>
      <Tag tone={outlookTones[outlook]}>{words(`outlook.${outlook}`)}</Tag>{' '}
      <span dir="auto">{row.usable?.reason?.text}</span>{' '}
      <Link to={checkOf(row.id, params)}>
        {t('use.why')}
        <span className="visually-hidden"> {row.title}</span>
      </Link>
    </p>
  )
}

interface DatasetRowProps {
  readonly row: Row
  /** The address of the list: the use that was asked about stands in it. */
  readonly params: URLSearchParams
}

/** One dataset in a list: what it is, whose it is, how open it is. */
export function DatasetRow({ row, params }: DatasetRowProps) {
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
      <Usable row={row} params={params} />
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
