import compression from 'compression'
import express, { type RequestHandler, Router } from 'express'
import { z } from 'zod'
import type { NoticeDesk } from '../notices/create-notices.ts'
import type { Ends } from '../notices/unsubscribe.ts'
import { wordsIn } from '../notices/words.ts'
import type { PeopleDesk } from '../people/people-desk.ts'
import { type Html, html } from './html.ts'
import { ownOnly } from './own-forms.ts'
import { sendMessage, sendPlain } from './plain-page.ts'

export interface MailPagesDeps {
  readonly people: PeopleDesk
  readonly notices: Pick<NoticeDesk, 'readUnsubscribe' | 'unsubscribe'>
}

const MOST_BYTES = '8kb'

const STALE = {
  title: 'This link no longer works',
  text: 'It has been used, was replaced or is too old. Sign in and ask for a new one; if you forgot your password, the sign-in page helps.',
}

/** A question with one button: opening the page does nothing, so that no mail scanner does. */
const oneButton = (title: string, text: Html, button: string): Html =>
  html`<h1>${title}</h1>${text}<form method="post"><button>${button}</button></form>`

const verifyPage =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    if (!(await people.isProof(String(request.params.secret), 'verify'))) {
      return sendMessage(response, 404, STALE)
    }
    const title = 'Confirm your e-mail address'
    const text = html`<p>Press the button and the registry knows that this address is yours. Councils then see that somebody is behind it, and you get what concerns you by e-mail.</p>`
    sendPlain(response, { title, body: oneButton(title, text, 'Yes, this address is mine') })
  }

const verify =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const result = await people.verifyEmail(String(request.params.secret))
    if (!result.ok) return sendMessage(response, 404, STALE)
    sendMessage(response, 200, {
      title: 'Your address is confirmed',
      text: 'You can close this page or sign in.',
    })
  }

const resetForm = (message: string | null): Html =>
  html`<h1>Choose a new password</h1>
${message ? html`<div class="bad" role="alert"><p>${message}</p></div>` : null}
<form method="post"><label class="field" for="password">New password</label>
<p class="quiet">At least 12 characters; a short sentence is good. Every device is signed out.</p>
<input type="password" id="password" name="password" autocomplete="new-password" minlength="12" maxlength="256" required>
<button>Save the password</button></form>`

const resetPage =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    if (!(await people.isProof(String(request.params.secret), 'reset'))) {
      return sendMessage(response, 404, STALE)
    }
    sendPlain(response, { title: 'Choose a new password', body: resetForm(null) })
  }

const password = z.object({ password: z.string() })
const address = z.object({ email: z.string().max(300) })

const reset =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const read = password.safeParse(request.body)
    const secret = String(request.params.secret)
    const result = await people.resetPassword(secret, read.data?.password ?? '')
    if (result.ok) {
      return sendMessage(response, 200, {
        title: 'Your new password is saved',
        text: 'Every device was signed out. Sign in with the new password.',
      })
    }
    if (result.code === 'LINK_STALE') return sendMessage(response, 404, STALE)
    const body = resetForm(result.message)
    sendPlain(response, { status: 422, title: 'Choose a new password', body })
  }

const FORGOT = html`<h1>Forgot your password?</h1>
<p>Give the e-mail address of your account. If there is one, a letter with a link is on its way.</p>
<form method="post"><label class="field" for="email">E-mail address</label>
<input type="email" id="email" name="email" autocomplete="email" maxlength="254" required>
<button>Send the letter</button></form>`

const forgot =
  ({ people }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const read = address.safeParse(request.body)
    const result = await people.askToReset(read.data?.email ?? '', request.ip ?? '')
    if (!result.ok) {
      return sendMessage(response, 429, { title: 'Too many tries', text: result.message })
    }
    sendMessage(response, 200, {
      title: 'Look into your mail',
      text: 'If there is an account with this address, a letter with a link is on its way. The link works for one hour.',
    })
  }

const nameOf = (ends: Ends): string =>
  ends === 'digest' ? 'The letter of the day' : wordsIn('en').kinds[ends].name

const unsubscribePage =
  ({ notices }: MailPagesDeps): RequestHandler =>
  (request, response) => {
    const read = notices.readUnsubscribe(String(request.params.token))
    if (!read) return sendMessage(response, 404, STALE)
    const title = 'No more e-mail of this kind?'
    const text = html`<p>${nameOf(read.ends)}</p><p>You will still find these notices in the registry, and can change your mind there.</p>`
    sendPlain(response, { title, body: oneButton(title, text, 'No more e-mail of this kind') })
  }

/** Also what a mail program sends by itself when its reader presses "unsubscribe" (RFC 8058). */
const unsubscribe =
  ({ notices }: MailPagesDeps): RequestHandler =>
  async (request, response) => {
    const done = await notices.unsubscribe(String(request.params.token))
    if (!done) return sendMessage(response, 404, STALE)
    sendMessage(response, 200, {
      title: 'Done',
      text: 'No more e-mail of this kind comes to you. What you need, such as a new password, still does.',
    })
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
  router.get('/forgot', (_, response) =>
    sendPlain(response, { title: 'Forgot your password?', body: FORGOT }),
  )
  router.post('/forgot', ...form, forgot(deps))
  router.get('/unsubscribe/:token', unsubscribePage(deps))
  // From a mail program it comes from elsewhere: the token alone says that it may.
  router.post('/unsubscribe/:token', unsubscribe(deps))
  return router
}
