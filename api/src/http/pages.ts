import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Request, RequestHandler, Response } from 'express'
import { preferredTag } from './preferred-language.ts'
import { nonceOf } from './security-headers.ts'

/** What the web's server bundle exports; see web/src/entry-server.tsx. */
interface PageRenderer {
  render(request: {
    url: string
    locale: string
    nonce: string
    template: string
    origin: string
    execute: Execute
  }): Promise<{ status: number; html: string; location?: string }>
}

export type Execute = (
  query: string,
  variables: Record<string, unknown>,
) => Promise<{ data?: unknown; errors?: readonly { message: string }[] }>

const isRenderer = (module: unknown): module is PageRenderer =>
  typeof module === 'object' && module !== null && 'render' in module

/** The built web, or null when only the api runs (as in most tests). */
export const loadPages = async (
  root: string,
): Promise<{ renderer: PageRenderer; template: string } | null> => {
  const bundle = join(root, 'dist/web/server/entry-server.js')
  const template = join(root, 'dist/web/client/index.html')
  if (!existsSync(bundle) || !existsSync(template)) return null
  const module: unknown = await import(pathToFileURL(bundle).href)
  if (!isRenderer(module)) throw new Error('the web bundle exports no render function: build again')
  return { renderer: module, template: readFileSync(template, 'utf8') }
}

const COOKIE = 'lang'
/** Keeps the choice for the next page; it says nothing about anybody. */
const remember = (request: Request, response: Response, locale: string): void => {
  if (request.query.lang !== locale) return
  response.cookie(COOKIE, locale, { path: '/', sameSite: 'lax', maxAge: 365 * 24 * 3_600_000 })
}

/** Renders every page on the server: readable before, and without, any script. */
export const pages =
  (
    { renderer, template }: { renderer: PageRenderer; template: string },
    origin: string,
    executeFor: (...args: Parameters<RequestHandler>) => Promise<Execute>,
    /** What else stands in the head of a page that was found. */
    inHead: (request: Request, nonce: string) => Promise<string>,
  ): RequestHandler =>
  async (request, response, next) => {
    const execute = await executeFor(request, response, next)
    const locale = preferredTag(request)
    remember(request, response, locale)
    const page = await renderer.render({
      url: request.originalUrl,
      locale,
      nonce: nonceOf(response.locals),
      template,
      origin,
      execute,
    })
    if (page.location !== undefined) return response.redirect(302, page.location)
    const more = page.status === 200 ? await inHead(request, nonceOf(response.locals)) : ''
    const html = more === '' ? page.html : page.html.replace('</head>', () => `${more}</head>`)
    response.status(page.status).set('cache-control', 'no-cache').type('html').send(html)
  }
