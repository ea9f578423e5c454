import compression from 'compression'
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import { withdrawnUnits } from '../datasets/contribution.ts'
import type { Contribution, ContributionResult, Datasets } from '../datasets/datasets.ts'
import type { ContributionUse, Grants } from '../grants/grants.ts'
import { purposeWords } from './ballot-link-words.ts'
import { type Html, html } from './html.ts'
import { ownOnly } from './own-forms.ts'
import { sendMessage, sendPlain } from './plain-page.ts'

export interface ReceiptRouteDeps {
  readonly datasets: Datasets
  readonly grants: Pick<Grants, 'usesOf'>
}

const MOST_BYTES = '64kb'
const TITLE = 'What I gave'

/** A secret has 120 bits: this is against load, not against guessing. */
const TRIES = { points: 30, duration: 15 * 60 }

const shape = z.object({
  secret: z.string().trim().min(1).max(120),
  file: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((files) => (files === undefined ? null : [files].flat())),
})

const ASK = (message: string | null): Html => html`<h1>${TITLE}</h1>
${message ? html`<div class="bad" role="alert"><p>${message}</p></div>` : null}
<p>With the code on your receipt you can see what you gave, where it is, and take it back. You need no account.</p>
<form method="post" action="/receipt"><label class="field" for="secret">Code on the receipt</label>
<input type="password" id="secret" name="secret" autocomplete="off" maxlength="120" required>
<button>Show what I gave</button></form>`

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

const hidden = (secret: string): Html => html`<input type="hidden" name="secret" value="${secret}">`

const fileLine = (contribution: Contribution, path: string, sha256: string): Html => {
  const erased = (contribution.erased ?? []).find((one) => one.sha256 === sha256)
  if (erased) return html`<li>${path}: destroyed on ${day(erased.at)}</li>`
  if (withdrawnUnits(contribution).includes(sha256))
    return html`<li>${path}: taken back; nobody can get it any more</li>`
  return html`<li><label class="choice"><input type="checkbox" name="file" value="${path}"> ${path}</label></li>`
}

const restoreForm = ({ eraseAt }: Contribution, secret: string): Html | null =>
  eraseAt == null
    ? null
    : html`<h2>Changed your mind?</h2><p>What you took back is destroyed on ${day(eraseAt)}. Until then you can leave it in after all.</p>
<form method="post" action="/receipt/restore">${hidden(secret)}<button>Leave it in after all</button></form>`

const useLine = ({ grant, files }: ContributionUse): Html => {
  const times = files.reduce((sum, file) => sum + file.times, 0)
  const had = times === 0 ? 'nothing of it was fetched' : `fetched ${times} times`
  return html`<li>${grant.purposes.map(purposeWords).join(', ')}: by ${grant.subject}, from ${day(grant.issuedAt)} to ${day(grant.revokedAt ?? grant.expiresAt)}; ${had}. <a href="/decisions/${grant.decision.proposal}">Who decided it</a></li>`
}

const usesPart = (uses: readonly ContributionUse[]): Html =>
  html`<h2>Who uses it for what</h2>${
    uses.length === 0
      ? html`<p>Nobody has been granted it.</p>`
      : html`<ul>${uses.map(useLine)}</ul><p class="quiet">People are named as in the public log.</p>`
  }`

const shownTo = async (
  { datasets, grants }: ReceiptRouteDeps,
  contribution: Contribution,
  secret: string,
): Promise<Html> => {
  const versions = await datasets.versionsOf([contribution.dataset])
  const holding = versions.filter(
    ({ publishedAt, contributions }) =>
      publishedAt !== null && contributions.includes(contribution.id),
  )
  const lines = contribution.files.map(({ path, sha256 }) => fileLine(contribution, path, sha256))
  const left = contribution.files.length > new Set(withdrawnUnits(contribution)).size
  return html`<h1>${TITLE}</h1>
<p>Given on ${day(contribution.at)}. ${
    holding.length === 0
      ? 'It is in no published version.'
      : `Published in: ${holding.map(({ version }) => `version ${version}`).join(', ')}.`
  }</p>
<p>Agreed: <span class="lines">${contribution.consent?.scope ?? 'erased'}</span></p>
<form method="post" action="/receipt/withdraw">${hidden(secret)}
<fieldset><legend>Files</legend><ul>${lines}</ul></fieldset>
${left ? html`<p class="quiet">Tick what you take back, or nothing to take back everything. It can be got from here no more at once; after seven days the bytes are destroyed. What others have on their own disks cannot be called back: they are told to delete it.</p><button>Take it back</button>` : null}</form>
${restoreForm(contribution, secret)}
${usesPart(await grants.usesOf(contribution))}`
}

const noSuch = (response: Response): void =>
  sendPlain(response, {
    status: 404,
    title: TITLE,
    body: ASK('No receipt has this code. Look whether every letter is right.'),
  })

/** Reads the code of a form; answers by itself when there is none or there were too many tries. */
const opening =
  (
    tries: RateLimiterMemory,
    handle: (form: z.output<typeof shape>, response: Response) => Promise<void>,
  ) =>
  async (request: Request, response: Response): Promise<void> => {
    try {
      await tries.consume(request.ip ?? '')
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      const minutes = Math.ceil(refused.msBeforeNext / 60_000)
      return sendMessage(response, 429, {
        title: 'Too many tries',
        text: `Wait ${minutes} min, then try again.`,
      })
    }
    const read = shape.safeParse(request.body)
    if (!read.success) return noSuch(response)
    await handle(read.data, response)
  }

const show = async (deps: ReceiptRouteDeps, secret: string, response: Response): Promise<void> => {
  const contribution = await deps.datasets.byReceipt(secret)
  if (!contribution) return noSuch(response)
  sendPlain(response, { title: TITLE, body: await shownTo(deps, contribution, secret) })
}

const after = async (
  deps: ReceiptRouteDeps,
  secret: string,
  result: ContributionResult,
  response: Response,
): Promise<void> => {
  if (result.ok || result.code === 'NOT_FOUND') return show(deps, secret, response)
  sendMessage(response, 409, { title: TITLE, text: result.message })
}

/** Pages for somebody who holds the receipt of a contribution, with or without an account. */
export const receiptRoutes = (deps: ReceiptRouteDeps): Router => {
  const { datasets } = deps
  const router = Router()
  const tries = new RateLimiterMemory(TRIES)
  const form: RequestHandler[] = [
    ownOnly,
    express.urlencoded({ extended: false, limit: MOST_BYTES }),
  ]
  router.use('/receipt', compression())
  router.get('/receipt', (_, response) => sendPlain(response, { title: TITLE, body: ASK(null) }))
  router.post(
    '/receipt',
    ...form,
    opening(tries, ({ secret }, response) => show(deps, secret, response)),
  )
  router.post(
    '/receipt/withdraw',
    ...form,
    opening(tries, async ({ secret, file }, response) =>
      after(deps, secret, await datasets.withdrawByReceipt(secret, file), response),
    ),
  )
  router.post(
    '/receipt/restore',
    ...form,
    opening(tries, async ({ secret }, response) =>
      after(deps, secret, await datasets.restoreByReceipt(secret), response),
    ),
  )
  return router
}
