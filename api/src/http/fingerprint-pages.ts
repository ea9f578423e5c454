import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { LEAST_ROWS, rowsNeeded, WITHHELD_SHARE } from '../../../policies/index.ts'
import type { Dataset, Datasets } from '../datasets/datasets.ts'
import { isRefusal } from '../errors.ts'
import type { Grant, Grants } from '../grants/grants.ts'
import type { Traced } from '../grants/trace-leak.ts'
import { mayRead } from '../graphql/access.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import type { PeopleDesk } from '../people/people-desk.ts'
import type { Authenticate } from './authenticate.ts'
import { type FingerprintWords, filled, fingerprintWords } from './fingerprint-words.ts'
import { type Html, html } from './html.ts'
import { oneFile } from './one-file.ts'
import { ownOnly } from './own-forms.ts'
import { sendMessage, sendPlain } from './plain-page.ts'
import { preferredLanguage } from './preferred-language.ts'

export interface FingerprintPagesDeps {
  readonly datasets: Pick<
    Datasets,
    'dataset' | 'visibleTo' | 'mayProposeTakedown' | 'proposeFingerprint'
  >
  readonly grants: Pick<Grants, 'mayTrace' | 'traceLeak'>
  readonly people: Pick<PeopleDesk, 'account'>
  readonly authenticate: Authenticate
}

const MOST_MB = 64
const MOST_BYTES = '32kb'
/** An example that says how many rows are needed. */
const PEOPLE = 100

const SAID = {
  share: `${WITHHELD_SHARE * 100} %`,
  least: LEAST_ROWS,
  needed: rowsNeeded(PEOPLE),
  copies: PEOPLE,
  most: MOST_MB,
}

const addressOf = ({ id }: Dataset): string => `/datasets/${encodeURIComponent(id)}`

const alert = (message: string | null): Html | null =>
  message === null ? null : html`<div class="bad" role="alert"><p>${message}</p></div>`

const voteForm = (words: FingerprintWords, dataset: Dataset): Html => {
  const { title, reason, on, off } = words.vote
  return html`<h2>${title}</h2><form method="post" action="${addressOf(dataset)}/fingerprint">
<input type="hidden" name="on" value="${dataset.fingerprint ? 'no' : 'yes'}">
<label class="field" for="reason">${reason}</label><textarea id="reason" name="reason" rows="3" maxlength="4000" required></textarea>
<button>${dataset.fingerprint ? off : on}</button></form>`
}

const traceForm = (words: FingerprintWords, dataset: Dataset): Html => {
  const { title, text, file, button } = words.trace
  return html`<h2>${title}</h2><p>${filled(text, SAID)}</p>
<form method="post" enctype="multipart/form-data" action="${addressOf(dataset)}/fingerprint/trace">
<label class="field" for="file">${file}</label><p><input type="file" id="file" name="file" accept=".jsonl,.csv,.tsv,.txt" required></p>
<button>${button}</button></form>`
}

const limitsOf = (words: FingerprintWords): Html =>
  html`<h2>${words.limitsTitle}</h2><ul>${words.limits.map((one) => html`<li>${filled(one, SAID)}</li>`)}</ul>`

interface Visit {
  readonly actor: Actor | null
  readonly dataset: Dataset
  readonly words: FingerprintWords
  readonly page: (body: Html, status?: number) => void
}

type Handle = (deps: FingerprintPagesDeps, visit: Visit, request: Request) => Promise<void>

/** Finds what the address names before the handler runs; hidden and absent are one answer. */
const visiting =
  (deps: FingerprintPagesDeps, handle: Handle): RequestHandler =>
  async (request: Request, response: Response) => {
    const actor = await deps.authenticate(request)
    const refused = mayRead({ actor })
    if (refused)
      return void response.status(403).json({ code: refused.code, message: refused.message })
    const dataset = await deps.datasets.dataset(String(request.params.id))
    const language = preferredLanguage(request)
    if (!dataset || !(await deps.datasets.visibleTo(dataset, actor))) {
      const text = 'There is nothing at this address, or you may not see it.'
      return sendMessage(response, 404, { title: '404', text }, language)
    }
    const words = fingerprintWords(language)
    const back = html`<p><a href="${addressOf(dataset)}">${words.back}: ${dataset.title}</a></p>`
    const page: Visit['page'] = (body, status = 200) =>
      sendPlain(response, {
        ...{ status, language, title: words.title },
        body: html`<h1>${words.title}</h1>${body}${back}`,
      })
    await handle(deps, { actor, dataset, words, page }, request)
  }

const show = async (
  { datasets, grants }: FingerprintPagesDeps,
  { actor, dataset, words, page }: Visit,
  message: string | null = null,
): Promise<void> => {
  const [mayAsk, mayTrace] = await Promise.all([
    datasets.mayProposeTakedown(dataset, actor),
    grants.mayTrace(actor, dataset.id),
  ])
  const state = dataset.fingerprint ? words.state.on : words.state.off
  const body = html`${alert(message)}<p>${filled(state, SAID)}</p>
<ul>${words.how.map((one) => html`<li>${filled(one, SAID)}</li>`)}</ul>${limitsOf(words)}
${mayTrace ? traceForm(words, dataset) : null}${mayAsk ? voteForm(words, dataset) : null}`
  page(body, message === null ? 200 : 409)
}

const askForVote: Handle = async (deps, visit, { body }) => {
  const { actor, dataset, words, page } = visit
  const { on, reason } = (body ?? {}) as Record<string, unknown>
  const input = { dataset: dataset.id, on: on === 'yes', reason }
  const made = await deps.datasets.proposeFingerprint(actor, input)
  if (!made.ok) return show(deps, visit, made.message)
  const { id } = made.proposal
  page(
    html`<div class="good" role="status"><p><a href="/decisions/${id}">${words.vote.made}</a></p></div>`,
  )
}

const nameOf = async (
  { people }: FingerprintPagesDeps,
  { erased }: FingerprintWords,
  [grant]: readonly Grant[],
): Promise<string> => {
  const account = grant?.account ? await people.account(grant.account) : null
  return account?.name ?? erased
}

const namedList = async (
  deps: FingerprintPagesDeps,
  words: FingerprintWords,
  { named }: Traced,
): Promise<Html> => {
  const grantLine = ({ id: grant, version, issuedAt }: Grant): Html => {
    const day = new Date(issuedAt).toISOString().slice(0, 10)
    return html`<li>${filled(words.holder, { grant, version, day })}</li>`
  }
  const lines = await Promise.all(
    named.map(async (grants) => {
      const name = await nameOf(deps, words, grants)
      return html`<li>${name}<ul>${grants.map(grantLine)}</ul></li>`
    }),
  )
  return html`<ul>${lines}</ul><p><strong>${words.hearing}</strong></p>`
}

const result = async (
  deps: FingerprintPagesDeps,
  { words, dataset }: Visit,
  traced: Traced,
): Promise<Html> => {
  const { outcome, read, rows, copies, needed, whole } = traced
  const again = html`<p><a href="${addressOf(dataset)}/fingerprint">${words.trace.again}</a></p>`
  return html`<div class="good" role="status"><p>${words.outcome[outcome]}</p></div>
${outcome === 'named' ? await namedList(deps, words, traced) : null}
<p>${filled(words.found, { read, rows, copies, needed })}</p>
${whole > 0 ? html`<p>${filled(words.whole, { whole })}</p>` : null}${limitsOf(words)}
<p class="quiet">${words.recorded}</p>${again}`
}

const NO_FILE: Refusal = {
  ok: false,
  code: 'BAD_INPUT',
  message: `Choose one file of at most ${MOST_MB} MB.`,
  field: 'file',
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  const piece = 64 * 1024
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}

const traceFile: Handle = async (deps, visit, request) => {
  const { actor, dataset, page } = visit
  const { body } = request
  const type = request.headers['content-type'] ?? ''
  const sent = Buffer.isBuffer(body) ? oneFile(type, body) : null
  const leak = sent && { dataset: dataset.id, name: sent.name, bytes: piecesOf(sent.bytes) }
  const traced = leak ? await deps.grants.traceLeak(actor, leak) : NO_FILE
  if (isRefusal(traced)) return show(deps, visit, traced.message)
  page(await result(deps, visit, traced))
}

/** Nothing of what is sent is read before it is known that somebody of the council sends it. */
const councilOnly =
  (deps: FingerprintPagesDeps): RequestHandler =>
  async (request, response, next) => {
    const actor = await deps.authenticate(request)
    if (await deps.grants.mayTrace(actor, String(request.params.id))) return next()
    const text = 'Only the council of this dataset may trace a leak. Sign in as one of it.'
    sendMessage(response, 403, { title: '403', text }, preferredLanguage(request))
  }

/** A page about fingerprints in the copies of a dataset: what they are, the vote on them, and tracing. */
export const fingerprintPages = (deps: FingerprintPagesDeps): Router => {
  const router = Router()
  const form = express.urlencoded({ extended: false, limit: MOST_BYTES })
  const upload = express.raw({ type: 'multipart/form-data', limit: `${MOST_MB}mb` })
  const at = '/datasets/:id/fingerprint'
  router.get(
    at,
    visiting(deps, (...[, visit]) => show(deps, visit)),
  )
  router.post(at, ownOnly, form, visiting(deps, askForVote))
  router.post(`${at}/trace`, ownOnly, councilOnly(deps), upload, visiting(deps, traceFile))
  return router
}
