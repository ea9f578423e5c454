import type { Response } from 'express'
import type { Language } from '../notices/notice.ts'
import { wordsIn } from '../notices/words.ts'
import { type Html, html, trusted } from './html.ts'
import { plainWords } from './plain-words.ts'
import { nonceOf } from './security-headers.ts'

/** Readable on an old phone, in the dark and on paper; about 2 kB and nothing from elsewhere. */
const STYLE = `
:root{color-scheme:light dark;--ground:#f7f1e6;--surface:#fffdf8;--ink:#2a221c;--quiet:#655648;--edge:#857462;--accent:#1d5b50;--on:#fffdf8;--bad:#93261f;--good:#1d5b3a}
@media(prefers-color-scheme:dark){:root{--ground:#1a1613;--surface:#241e1a;--ink:#f3ebe0;--quiet:#c2b3a2;--edge:#98866f;--accent:#8fd0bf;--on:#12241f;--bad:#ffb4a6;--good:#9bd8a6}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1.125rem/1.55 "Segoe UI","Noto Sans",Ubuntu,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:40rem;margin:0 auto;padding:1rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem}
h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1.05rem;margin:1.25rem 0 .25rem}
ul{padding-inline-start:1.25rem}
li{margin-block:.35rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
del{color:var(--bad)}ins{color:var(--good)}
.lines{white-space:pre-line}
.quiet{color:var(--quiet)}
.bad,.good{border-inline-start:6px solid;padding:.5rem 1rem;background:var(--surface)}
.bad{border-color:var(--bad)}.good{border-color:var(--good)}
fieldset{border:0;padding:0;margin:1rem 0}
legend,label.field{font-weight:600}
.choice{display:flex;gap:.75rem;align-items:center;min-height:3.25rem;padding:.5rem .9rem;margin:.5rem 0;border:1px solid var(--edge);border-radius:10px;background:var(--surface)}
.choice input{inline-size:1.4rem;block-size:1.4rem;flex:none;accent-color:var(--accent)}
textarea,input[type=password],input[type=email]{display:block;inline-size:100%;font:inherit;color:inherit;background:var(--surface);border:1px solid var(--edge);border-radius:10px;padding:.6rem .8rem;margin:.35rem 0 1rem}
button{font:inherit;font-weight:600;min-height:3.25rem;padding:.6rem 1.6rem;border:0;border-radius:10px;background:var(--accent);color:var(--on)}
pre{white-space:pre-wrap;font:.8rem/1.4 "DejaVu Sans Mono",monospace;background:var(--surface);padding:.75rem;border:1px solid var(--edge);border-radius:10px}
svg.qr{inline-size:11rem;block-size:11rem;display:block;background:#fff;margin:1rem 0}
.paper{display:none}
@media print{:root{--ground:#fff;--surface:#fff;--ink:#000;--quiet:#000;--accent:#000}body{font-size:11pt}main{max-width:none;padding:0}button,.screen{display:none}.paper{display:block}h2{break-after:avoid}.choice,pre,svg{break-inside:avoid}}
`

export interface PlainPage {
  readonly status?: number
  readonly title: string
  readonly body: Html
  /** English unless it says otherwise. */
  readonly language?: Language
}

/**
 * Sends a page that needs no script and no session. Its address may hold a secret: it is not kept
 * by caches, not indexed, and not told to the page a link leads to.
 */
export const sendPlain = (
  response: Response,
  { status = 200, title, body, language = 'en' }: PlainPage,
): void => {
  const { unchecked } = wordsIn(language)
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"><style nonce="${nonceOf(response.locals)}">${trusted(STYLE)}</style></head>
<body><main>${body}${unchecked === '' ? null : html`<p class="quiet">${unchecked}</p>`}</main></body></html>
`
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow, noarchive',
    })
    .type('html')
    .send(page.html)
}

/** A page of one message and where to go from there. */
export const sendMessage = (
  response: Response,
  status: number,
  { title, text }: { readonly title: string; readonly text: string },
  language: Language = 'en',
): void => {
  const { signIn, start } = plainWords(language)
  sendPlain(response, {
    status,
    title,
    language,
    body: html`<h1>${title}</h1><p>${text}</p><p><a href="/sign-in">${signIn}</a> · <a href="/">${start}</a></p>`,
  })
}
