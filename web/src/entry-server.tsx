import { stringifyDocument } from '@urql/core'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { App } from './App.tsx'
import { type Answer, DataContext } from './graphql/data.ts'
import { type Execute, serverData } from './graphql/server-data.ts'
import { loadAreas } from './i18n/area.ts'
import { localeFor } from './i18n/locale.ts'
import { accented } from './i18n/pseudo.ts'
import { type Language, LanguageContext } from './i18n/use-t.ts'
import { routes } from './routes.tsx'
import { fillTemplate } from './shell/template.ts'
import { type PageReport, ReportContext } from './ui/head.ts'
import { StaticRouter } from './ui/router.tsx'
import { findRoute } from './ui/router-match.ts'

export interface RenderRequest {
  /** Path and query. */
  readonly url: string
  /** BCP 47 tag that the reader chose or the browser asked for. */
  readonly locale: string
  readonly nonce: string
  /** Text of the built index.html. */
  readonly template: string
  readonly origin: string
  readonly execute: Execute
}

export interface Rendered {
  readonly status: number
  readonly html: string
  /** Where to send the reader instead; the status is then 302. */
  readonly location?: string
}

/** A page asks, we answer and render again; each pass reveals at most one more level of questions. */
const maxPasses = 6

async function languageFor(tag: string): Promise<Language> {
  const locale = localeFor(tag)
  await loadAreas(locale.code)
  return locale.code.includes('-X') ? { ...locale, accent: accented } : locale
}

interface Drawn {
  readonly body: string
  readonly report: PageReport
  readonly answers: Readonly<Record<string, Answer>>
}

async function draw(request: RenderRequest, path: string, language: Language): Promise<Drawn> {
  const data = serverData(request.execute, stringifyDocument)
  for (let pass = 1; ; pass += 1) {
    const report: PageReport = {}
    const body = renderToString(
      <StrictMode>
        <DataContext value={data}>
          <LanguageContext value={language}>
            <ReportContext value={report}>
              <StaticRouter location={path}>
                <App />
              </StaticRouter>
            </ReportContext>
          </LanguageContext>
        </DataContext>
      </StrictMode>,
    )
    const done = report.location !== undefined || !data.asked() || pass === maxPasses
    if (done) return { body, report, answers: data.answers() }
    await data.settle()
  }
}

/** Renders one page with its data. Nothing in it needs a script to be read or its forms to be sent. */
export async function render(request: RenderRequest): Promise<Rendered> {
  const url = new URL(request.url, request.origin)
  const path = url.pathname + url.search
  await findRoute(routes, url.pathname)?.route.page.preload()
  const language = await languageFor(url.searchParams.get('lang') ?? request.locale)
  const { body, report, answers } = await draw(request, path, language)
  if (report.location !== undefined) return { status: 302, html: '', location: report.location }
  const head = report.head ?? { title: '' }
  const html = fillTemplate(request.template, {
    body,
    head,
    answers,
    language,
    nonce: request.nonce,
    address: request.origin + (head.canonical ?? url.pathname),
  })
  return { status: head.status ?? 200, html }
}
