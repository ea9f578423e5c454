import type { Answer } from '../graphql/data.ts'
import type { Locale } from '../i18n/locale.ts'
import { type Head, windowTitle } from '../ui/head.ts'

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (c) => entities[c] ?? c)

/** JSON that cannot end the script element it stands in, nor open a comment there. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')

export interface Filling {
  readonly body: string
  readonly head: Head
  readonly answers: Readonly<Record<string, Answer>>
  readonly language: Locale
  readonly nonce: string
  /** The whole canonical address. */
  readonly address: string
}

function headTags({ head, address }: Filling): string {
  const { title, description, status = 200 } = head
  return [
    `<title>${escapeHtml(windowTitle(title))}</title>`,
    description && `<meta name="description" content="${escapeHtml(description.slice(0, 300))}">`,
    status === 200
      ? `<link rel="canonical" href="${escapeHtml(address)}">`
      : '<meta name="robots" content="noindex">',
  ]
    .filter(Boolean)
    .join('\n    ')
}

/** Puts the page into the built index.html and the nonce on every script and style in it. */
export function fillTemplate(template: string, filling: Filling): string {
  const { body, answers, language, nonce } = filling
  const mark = `nonce="${escapeHtml(nonce)}"`
  const data = `<script type="application/json" id="answers" ${mark}>${scriptJson(answers)}</script>`
  const noncesOn = template
    .replace(/<(script|style)(?=[\s>])/g, `<$1 ${mark}`)
    .replace(/<link(?=[^>]*rel="(?:modulepreload|stylesheet)")/g, `<link ${mark}`)
  // Functions, because a plain replacement text would give "$&" in a title a meaning.
  return noncesOn
    .replace(/<html[^>]*>/, () => `<html lang="${language.code}" dir="${language.dir}">`)
    .replace('<!--head-->', () => headTags(filling))
    .replace('<!--app-->', () => body)
    .replace('<!--data-->', () => data)
}
