import compression from 'compression'
import { type RequestHandler, Router } from 'express'
import type { Mail } from '../notices/compose-mail.ts'
import { type Html, html } from './html.ts'
import { sendPlain } from './plain-page.ts'

interface Outbox {
  readonly list: (most: number) => Promise<readonly (Mail & { readonly at: number })[]>
}

const MOST = 200

const ADDRESS = /(https?:\/\/\S+)/

/** The words of a letter with its addresses made links. */
const linked = (text: string): readonly (string | Html)[] =>
  text
    .split(ADDRESS)
    .map((part) =>
      ADDRESS.test(part) ? html`<a href="${part}" rel="noreferrer">${part}</a>` : part,
    )

const mailOf = ({ at, to, subject, text, language }: Mail & { readonly at: number }): Html =>
  html`<article><h2 lang="${language}" dir="auto">${subject}</h2>
<p class="quiet">To ${to.name} &lt;${to.address}&gt;, ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC</p>
<pre lang="${language}">${linked(text)}</pre></article>`

const show =
  (outbox: Outbox): RequestHandler =>
  async ({ query }, response) => {
    const all = await outbox.list(MOST)
    const to = typeof query.to === 'string' ? query.to : ''
    const shown = to === '' ? all : all.filter((mail) => mail.to.address === to)
    const people = [...new Set(all.map((mail) => mail.to.address))].sort()
    const body = html`<h1>Outbox of the demonstration</h1>
<p>Nothing is sent from here: these are the e-mails people would get. Their links work, for anybody who opens this page. That is why only a demonstration shows it.</p>
<p>For: ${people.map((one) => html`<a href="/dev/outbox?to=${encodeURIComponent(one)}">${one}</a> · `)}<a href="/dev/outbox">everybody</a></p>
${shown.length === 0 ? html`<p>There is none.</p>` : shown.map(mailOf)}`
    sendPlain(response, { title: 'Outbox of the demonstration', body })
  }

/** Demonstration only: what lies in the outbox. */
export const outboxRoutes = (outbox: Outbox): Router => {
  const router = Router()
  router.get('/dev/outbox', compression(), show(outbox))
  return router
}
