import type { Request } from 'express'
import { LANGUAGES, type Language } from '../notices/notice.ts'

const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/** What the address asks for, else what was chosen before, else what the browser prefers (BCP 47). */
export const preferredTag = ({ query, headers }: Pick<Request, 'query' | 'headers'>): string => {
  const asked = typeof query.lang === 'string' ? query.lang : ''
  const chosen = /(?:^|;\s*)lang=([^;]+)/.exec(headers.cookie ?? '')?.[1] ?? ''
  const accepted = headers['accept-language']?.split(',')[0]?.split(';')[0]?.trim() ?? ''
  return [asked, chosen, accepted].find((tag) => TAG.test(tag)) ?? 'en'
}

/** The language of a plain page: one that we have words in. */
export const preferredLanguage = (request: Parameters<typeof preferredTag>[0]): Language => {
  const [bare = ''] = preferredTag(request).toLowerCase().split('-')
  return LANGUAGES.find((language) => language === bare) ?? 'en'
}
