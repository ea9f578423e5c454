import { createContext, useContext, useMemo } from 'react'
import type { Area, Catalogue } from './area.ts'
import { formatDay, formatDistance, formatInstant, formatNumber, formatSize } from './format.ts'
import { english, type Locale } from './locale.ts'
import { type Translate, translator } from './translate.ts'

export interface Language extends Locale {
  /** Only the test languages change the text itself. */
  readonly accent?: (text: string) => string
}

export const LanguageContext = createContext<Language>(english)

export const useLocale = (): Language => useContext(LanguageContext)

/** `const t = useT(datasets); t('search.label')`: the words of one part in the reader's language. */
export function useT<M extends Catalogue>(area: Area<M>): Translate<M> {
  const { code, accent } = useLocale()
  return useMemo(() => translator(area, code, accent), [area, code, accent])
}

/** Numbers, sizes and dates as the reader's language writes them. */
export function useFormat() {
  const { code } = useLocale()
  return useMemo(
    () => ({
      number: (value: number) => formatNumber(value, code),
      size: (bytes: number) => formatSize(bytes, code),
      day: (iso: string) => formatDay(iso, code),
      instant: (iso: string) => formatInstant(iso, code),
      distance: (iso: string, now: string) => formatDistance(iso, now, code),
    }),
    [code],
  )
}
