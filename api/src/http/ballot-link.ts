import compression from 'compression'
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { z } from 'zod'
import type { GovernanceDesk } from '../governance/create-governance.ts'
import type { Log } from '../log/index.ts'
import type { OpenedLink } from '../notices/ballot-links.ts'
import type { NoticeDesk } from '../notices/create-notices.ts'
import type { Language } from '../notices/notice.ts'
import type { Account, Actor } from '../people/people.ts'
import { type BallotPage, ballotLinkPage, CHOICES } from './ballot-link-page.ts'
import { BALLOT_QUESTION, readQuestion } from './ballot-link-question.ts'
import { ownOnly } from './own-forms.ts'
import type { Execute } from './pages.ts'
import { sendMessage, sendPlain } from './plain-page.ts'
import { plainWords } from './plain-words.ts'
import { preferredLanguage } from './preferred-language.ts'

export interface BallotLinkDeps {
  readonly notices: Pick<NoticeDesk, 'openBallotLink'>
  readonly governance: Pick<GovernanceDesk, 'act'>
  readonly log: Pick<Log, 'receipt'>
  /** Reads as this person may, through the resolvers of every page. */
  readonly readAs: (account: Account) => Execute
  readonly publicUrl: string
}

const MOST_BYTES = '64kb'
const QUARTER = 15 * 60
/** Links that open nothing, from one address of the network. */
const WRONG_LINKS = 30
/** Ballots by one link: who changes their mind more often can wait. */
const BALLOTS = 20

const limiter = (points: number) => new RateLimiterMemory({ points, duration: QUARTER })

const spent = async (limit: RateLimiterMemory, key: string): Promise<boolean> => {
  try {
    await limit.consume(key)
    return false
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return true
    throw refused
  }
}

const ballot = z.object({
  choice: z.enum(CHOICES),
  reason: z.string().max(8000).trim().default(''),
})

/** The person behind the link: for this ballot and nothing else, with no session and no scope. */
const actorOf = ({ account }: OpenedLink): Actor => ({ account, session: null, scopes: [] })

interface Opened {
  readonly link: OpenedLink
  readonly secret: string
  /** What the reader prefers; the ballot itself stays in the language its words are checked in. */
  readonly language: Language
}

const pageOf = async (
  { readAs, log, publicUrl }: BallotLinkDeps,
  { link, secret, language }: Opened,
  refused: BallotPage['refused'],
): Promise<BallotPage> => {
  const { account, proposal } = link
  const answer = await readAs(account)(BALLOT_QUESTION, { id: proposal.id })
  if (answer.errors?.length) throw new Error(`ballot page: ${answer.errors[0]?.message}`)
  const question = readQuestion(answer.data)
  const entry = question.myBallot?.entry
  const receipt =
    entry === undefined
      ? null
      : { proof: await log.receipt(entry), address: `${publicUrl}/log/entries/${entry}` }
  const note = { language, text: plainWords(language).ballotStays }
  return { question, voter: account.name, action: `/vote/${secret}`, note, receipt, refused }
}

const show = async (
  deps: BallotLinkDeps,
  response: Response,
  opened: Opened,
  refused: BallotPage['refused'] = null,
): Promise<void> => {
  const page = await pageOf(deps, opened, refused)
  sendPlain(response, {
    status: refused ? 422 : 200,
    title: page.question.title,
    body: ballotLinkPage(page),
  })
}

/** Opens the link of an address; answers by itself when it opens nothing. */
const openLink = (deps: BallotLinkDeps) => {
  const wrong = limiter(WRONG_LINKS)
  return async (request: Request, response: Response): Promise<Opened | null> => {
    const secret = String(request.params.secret)
    const link = await deps.notices.openBallotLink(secret)
    // Whoever tries links from the same network must not keep the right ones shut.
    if (link) return { link, secret, language: preferredLanguage(request) }
    // The same for a wrong, a replaced, a revoked and an expired link: it tells nothing about any.
    const language = preferredLanguage(request)
    const { tooMany, noVote } = plainWords(language)
    if (await spent(wrong, request.ip ?? '')) sendMessage(response, 429, tooMany, language)
    else sendMessage(response, 404, noVote, language)
    return null
  }
}

const cast = (deps: BallotLinkDeps, open: ReturnType<typeof openLink>): RequestHandler => {
  const ballots = limiter(BALLOTS)
  return async (request, response) => {
    const opened = await open(request, response)
    if (!opened) return
    const { link, secret } = opened
    const { account, proposal } = link
    if (await spent(ballots, `${account.id} ${proposal.id}`)) {
      const language = preferredLanguage(request)
      return sendMessage(response, 429, plainWords(language).tooMany, language)
    }
    const read = ballot.safeParse(request.body)
    if (!read.success) {
      const message = 'Choose one of the four answers; a reason has at most 8,000 characters.'
      return show(deps, response, opened, { message, choice: '', reason: '' })
    }
    const act = { type: 'ballot', ...read.data } as const
    const result = await deps.governance.act(actorOf(link), proposal.id, act)
    if (!result.ok) {
      return show(deps, response, opened, { message: result.message, ...read.data })
    }
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    response.redirect(303, `/vote/${secret}#receipt`)
  }
}

/**
 * Voting by a link from an e-mail: no session, no script. Opening it changes nothing, so programs
 * that follow the links of an e-mail do no harm.
 */
export const ballotLink = (deps: BallotLinkDeps): Router => {
  const router = Router()
  const open = openLink(deps)
  router.use('/vote', compression())
  router.get('/vote/:secret', async (request, response) => {
    const opened = await open(request, response)
    if (opened) await show(deps, response, opened)
  })
  router.post(
    '/vote/:secret',
    ownOnly,
    express.urlencoded({ extended: false, limit: MOST_BYTES }),
    cast(deps, open),
  )
  return router
}
