import { ACTOR_KINDS, PURPOSES } from '../../../policies/rules/vocabulary.ts'
import { catalogue } from '../i18n/areas/catalogue.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import css from './Catalogue.module.css'

interface UseFilterProps {
  readonly params: URLSearchParams
}

/** "Can I use it?" for the whole list: with a purpose, each row says what its licence answers. */
export function UseFilter({ params }: UseFilterProps) {
  const t = useT(catalogue)
  const words = useT(shared)
  return (
    <fieldset className={css.use}>
      <legend>{t('use.title')}</legend>
      <label>
        {t('use.for')}
        <select name="for" defaultValue={params.get('for') ?? ''}>
          <option value="">{t('use.any')}</option>
          {PURPOSES.map((code) => (
            <option key={code} value={code}>
              {words(`purpose.${code}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('use.as')}
        <select name="as" defaultValue={params.get('as') ?? ''}>
          <option value="">{t('use.unsaid')}</option>
          {ACTOR_KINDS.map((code) => (
            <option key={code} value={code}>
              {words(`actor.${code}`)}
            </option>
          ))}
        </select>
      </label>
      {params.get('for') && <p className={css.hint}>{t('use.hint')}</p>}
    </fieldset>
  )
}
