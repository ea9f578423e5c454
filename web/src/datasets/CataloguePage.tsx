import { CatalogueDocument, type CatalogueQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { catalogue } from '../i18n/areas/catalogue.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { GetForm } from '../ui/GetForm.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchParams } from '../ui/router.tsx'
import { Empty, Failed, Loading } from '../ui/State.tsx'
import css from './Catalogue.module.css'
import { DatasetRow } from './DatasetRow.tsx'
import { Filters } from './Filters.tsx'
import { pageAfter, searchOf, useOf, withoutPage } from './search-params.ts'
import { UseFilter } from './UseFilter.tsx'

const form = 'search'

function SearchBox({ params }: { readonly params: URLSearchParams }) {
  const t = useT(catalogue)
  return (
    <GetForm id={form} action="/" role="search" className={css.search}>
      <label className={css.label} htmlFor="q">
        {t('search.label')}
      </label>
      <div className={css.line}>
        <input
          className={css.box}
          id="q"
          name="q"
          type="search"
          dir="auto"
          defaultValue={params.get('q') ?? ''}
          placeholder={t('search.hint')}
        />
        <Button type="submit" look="primary">
          {t('search.submit')}
        </Button>
      </div>
      <label className={css.order}>
        {t('sort.label')}
        <select name="sort" defaultValue={params.get('sort') ?? ''}>
          <option value="">{t('sort.relevance')}</option>
          <option value="newest">{t('sort.newest')}</option>
        </select>
      </label>
      <UseFilter params={params} />
    </GetForm>
  )
}

interface ResultsProps {
  readonly found: CatalogueQuery['datasets']
  readonly params: URLSearchParams
}

function Results({ found, params }: ResultsProps) {
  const t = useT(catalogue)
  const { endCursor, hasNextPage } = found.pageInfo
  const later = params.has('after')
  if (found.nodes.length === 0) {
    return (
      <Empty>
        <h2>{t('empty.title')}</h2>
        <p>{params.size > 0 ? t('empty.text') : t('empty.none')}</p>
      </Empty>
    )
  }
  return (
    <div>
      <h2>{t('count', { count: found.total })}</h2>
      <a className={css.jump} href="#filters">
        {t('facets.jump')}
      </a>
      <ul className={css.results}>
        {found.nodes.map((row) => (
          <DatasetRow key={row.id} row={row} params={params} />
        ))}
      </ul>
      <nav className={css.paging} aria-label={t('paging')}>
        {later && <ButtonLink to={withoutPage(params)}>{t('first')}</ButtonLink>}
        {hasNextPage && endCursor && (
          <ButtonLink to={pageAfter(params, endCursor)}>{t('more')}</ButtonLink>
        )}
      </nav>
    </div>
  )
}

/** The start page: everything that is published here, to search and to narrow. */
export function CataloguePage() {
  const t = useT(catalogue)
  const [params] = useSearchParams()
  const { data, error, fetching, refetch } = useQuery(CatalogueDocument, {
    search: searchOf(params),
    use: useOf(params),
    asks: Boolean(params.get('for')),
  })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  return (
    <Page title={t('title')} lead={t('lead')} description={t('description')} canonical="/">
      {/* A new address is a new form: its boxes start from the address again. */}
      <SearchBox key={`search ${params}`} params={params} />
      {fetching && <Loading />}
      {data && (
        <div className={css.layout}>
          <Results found={data.datasets} params={params} />
          <Filters
            key={`filters ${params}`}
            form={form}
            facets={data.datasets.facets}
            chosen={params}
          />
        </div>
      )}
    </Page>
  )
}
