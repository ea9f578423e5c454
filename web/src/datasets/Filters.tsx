import type { CatalogueQuery } from '../graphql/generated.ts'
import { catalogue } from '../i18n/areas/catalogue.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useLocale, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { languageName } from '../ui/Languages.tsx'
import { Link } from '../ui/router.tsx'
import css from './Catalogue.module.css'
import { facetNames } from './search-params.ts'

type Facets = CatalogueQuery['datasets']['facets']
type Value = Facets[number]['values'][number]

interface FiltersProps {
  /** Id of the search form these boxes belong to. */
  readonly form: string
  readonly facets: Facets
  readonly chosen: URLSearchParams
}

function useLabel() {
  const words = useT(shared)
  const { code } = useLocale()
  return (facet: string, { value, label }: Value): string => {
    if (facet === 'kind' || facet === 'stage') return words.code(facet, value)
    return facet === 'language' ? languageName(value, code) : label
  }
}

/** What the list can be narrowed by, with how many would be left. */
export function Filters({ form, facets, chosen }: FiltersProps) {
  const t = useT(catalogue)
  const format = useFormat()
  const label = useLabel()
  const shown = facetNames
    .map((name) => facets.find((facet) => facet.name === name))
    .filter((facet) => facet !== undefined && facet.values.length > 0)
  return (
    <aside className={css.filters} id="filters" aria-label={t('facets.title')}>
      {shown.map((facet) => (
        <fieldset key={facet?.name}>
          <legend>{t.code('facet', facet?.name ?? '')}</legend>
          {facet?.values.map((value) => (
            <label key={value.value} className={css.facet}>
              <input
                type="checkbox"
                form={form}
                name={facet.name}
                value={value.value}
                defaultChecked={chosen.getAll(facet.name).includes(value.value)}
              />
              <span dir="auto" suppressHydrationWarning>
                {label(facet.name, value)}
              </span>
              <span className={css.number}>{format.number(value.count)}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <ButtonRow>
        <Button type="submit" form={form}>
          {t('facets.apply')}
        </Button>
        <Link to="/">{t('facets.clear')}</Link>
      </ButtonRow>
    </aside>
  )
}
