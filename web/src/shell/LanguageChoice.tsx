import { shell } from '../i18n/areas/shell.ts'
import { locales } from '../i18n/locale.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { useLocation } from '../ui/router.tsx'
import css from './Shell.module.css'

/** A plain GET form: the same page again with `lang`, which the server remembers. */
export function LanguageChoice() {
  const t = useT(shell)
  const { code } = useLocale()
  const { pathname, search } = useLocation()
  const kept = [...new URLSearchParams(search)].filter(([name]) => name !== 'lang')
  return (
    <form className={css.language} action={pathname} method="get">
      {kept.map(([name, value]) => (
        <input type="hidden" key={`${name} ${value}`} name={name} value={value} />
      ))}
      <label htmlFor="language">{t('language.label')}</label>
      <select id="language" name="lang" defaultValue={code}>
        {locales.map((locale) => (
          <option key={locale.code} value={locale.code} lang={locale.code}>
            {locale.draft ? t('language.draft', { name: locale.name }) : locale.name}
          </option>
        ))}
      </select>
      <button type="submit">{t('language.apply')}</button>
    </form>
  )
}
