import compression from 'compression'
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import type { NoticeDesk } from '../notices/create-notices.ts'
import { wordsIn } from '../notices/words.ts'
import type { PeopleDesk } from '../people/people-desk.ts'
import { type Html, html } from './html.ts'
import { ownOnly } from './own-forms.ts'
import { sendMessage, sendPlain } from './plain-page.ts'
import { type PlainWords, plainWords } from './plain-words.ts'
import { preferredLanguage } from './preferred-language.ts'

export interface MailPagesDeps {
  readonly people: PeopleDesk
  readonly notices: Pick<NoticeDesk, 'readUnsubscribe' | 'unsubscribe'>
}

const MOST_BYTES = '8kb'

/** The language of whoever asks, its words, and a page in it. */
const speaking = (request: Request, response: Response) => {
  const language = preferredLanguage(request)
  const words = plainWords(language)
  return {
    language,
    words,
    say: (status: number, message: { readonly title: string; readonly text: string }): void =>
      sendMessage(response, status, message, language),
    page: (title: string, body: Html, status = 200): void =>
      sendPlain(response, { status, title, body, language }),
  }
}

/** A question with one button: opening the page does nothing, so that no mail scanner does. */
const oneButton = (title: string, text: Html, button: string): Html =>
  html`<h1>${title}</h1>${text}<form method="post"><button>${button}</button></form>`

const verifyPage =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const { words, say, page } = speaking(request, response)
    if (!(await people.isProof(String(request.params.secret), 'verify'))) {
      return say(404, words.stale)
    }
    const { title, text, button } = words.verify
    page(title, oneButton(title, html`<p>${text}</p>`, button))
  }

const verify =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const { words, say } = speaking(request, response)
    const result = await people.verifyEmail(String(request.params.secret))
    return result.ok ? say(200, words.verified) : say(404, words.stale)
  }

const resetForm = ({ reset: { title, field, text, button } }: PlainWords, message: string | null) =>
  html`<h1>${title}</h1>
${message ? html`<div class="bad" role="alert" lang="en"><p>${message}</p></div>` : null}
<form method="post"><label class="field" for="password">${field}</label>
<p class="quiet">${text}</p>
<input type="password" id="password" name="password" autocomplete="new-password" minlength="12" maxlength="256" required>
<button>${button}</button></form>`

const resetPage =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const { words, say, page } = speaking(request, response)
    if (!(await people.isProof(String(request.params.secret), 'reset'))) {
      return say(404, words.stale)
    }
    page(words.reset.title, resetForm(words, null))
  }

const password = z.object({ password: z.string() })
const address = z.object({ email: z.string().max(300) })

const reset =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const { words, say, page } = speaking(request, response)
    const read = password.safeParse(request.body)
    const secret = String(request.params.secret)
    const result = await people.resetPassword(secret, read.data?.password ?? '')
    if (result.ok) return say(200, words.wasReset)
    if (result.code === 'LINK_STALE') return say(404, words.stale)
    page(words.reset.title, resetForm(words, result.message), 422)
  }

const forgotForm = ({ forgot: { title, text, field, button } }: PlainWords): Html =>
  html`<h1>${title}</h1>
<p>${text}</p>
<form method="post"><label class="field" for="email">${field}</label>
<input type="email" id="email" name="email" autocomplete="email" maxlength="254" required>
<button>${button}</button></form>`

const forgotPage: RequestHandler = (request, response) => {
  const { words, page } = speaking(request, response)
  page(words.forgot.title, forgotForm(words))
}

const forgot =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const { words, say } = speaking(request, response)
    const read = address.safeParse(request.body)
    const result = await people.askToReset(read.data?.email ?? '', request.ip ?? '')
    return result.ok ? say(200, words.letterSent) : say(429, words.tooMany)
  }

const unsubscribePage =
  ({ notices }: MailPagesDeps): RequestHandler =>
  (request, response) => {
    const { language, words, say, page } = speaking(request, response)
    const read = notices.readUnsubscribe(String(request.params.token))
    if (!read) return say(404, words.stale)
    const { title, text, button } = words.unsubscribe
    const kind = read.ends === 'digest' ? words.digest : wordsIn(language).kinds[read.ends].name
    page(title, oneButton(title, html`<p>${kind}</p><p>${text}</p>`, button))
  }

/** Also what a mail program sends by itself when its reader presses "unsubscribe" (RFC 8058). */
const unsubscribe =
  ({ notices }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const { words, say } = speaking(request, response)
    const done = await notices.unsubscribe(String(request.params.token))
    return done ? say(200, words.unsubscribed) : say(404, words.stale)
  }

/** Pages behind the links of e-mails. Opening one never changes anything. */
export const mailPages = (deps: MailPagesDeps): Router => {
  const router = Router()
  const form = [ownOnly, express.urlencoded({ extended: false, limit: MOST_BYTES })]
  router.use(['/verify', '/reset', '/forgot', '/unsubscribe'], compression())
  router.get('/verify/:secret', verifyPage(deps))
  router.post('/verify/:secret', ...form, verify(deps))
  router.get('/reset/:secret', resetPage(deps))
  router.post('/reset/:secret', ...form, reset(deps))
  router.get('/forgot', forgotPage)
  router.post('/forgot', ...form, forgot(deps))
  router.get('/unsubscribe/:token', unsubscribePage(deps))
  // From a mail program it comes from elsewhere: the token alone says that it may.
  router.post('/unsubscribe/:token', unsubscribe(deps))
  return router
}
