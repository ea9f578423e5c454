import { z } from 'zod'
import { notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { inTurn } from '../in-turn.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { PostLetter } from '../people/letters.ts'
import { makeBallotLink, type OpenedLink, openBallotLink } from './ballot-links.ts'
import { type DeliverDeps, deliver, type Transport } from './deliver.ts'
import { type Described, describeNotice } from './describe-notice.ts'
import {
  createCatchUp,
  type KeepUpDeps,
  newLetter,
  remindHolders,
  remindVoters,
} from './keep-up.ts'
import {
  type BallotLink,
  DEFAULTS,
  KINDS,
  LANGUAGES,
  type Language,
  MODES,
  type Notice,
  type NoticeSettings,
} from './notice.ts'
import type { NoticeStore } from './store.ts'
import { type Ends, readUnsubscribe, unsubscribe } from './unsubscribe.ts'
import { type WriteDeps, writeLetter } from './write-letter.ts'

/** Reminders count in days; each look asks for everybody who is reminded. */
const HOUR = 3_600_000

type Done = { readonly ok: true } | Refusal

/** Everything that can be asked about what people are told. */
export interface NoticeDesk {
  notices(account: string, first: number): Promise<readonly Notice[]>
  unread(account: string): Promise<number>
  /** All of them when no ids are given. */
  markRead(account: string, ids?: readonly string[]): Promise<Done>
  describe(notice: Notice, language: Language): Promise<Described>
  settings(account: string): Promise<NoticeSettings>
  saveSettings(account: string, input: unknown): Promise<Done>
  /** `failed`: given up; `waiting`: tried again by itself; null when no e-mail was wanted. */
  mailState(notice: Notice): Promise<'sent' | 'waiting' | 'failed' | null>
  /** How many letters of the registry were given up. */
  undelivered(): Promise<number>

  /** Links by which this person can vote now. */
  ballotLinks(account: string): Promise<readonly BallotLink[]>
  makeBallotLink(account: string, proposal: string): Promise<string>
  openBallotLink(secret: string): Promise<OpenedLink | null>
  /** All of a person's, or those of one vote. */
  revokeBallotLinks(account: string, proposal?: string): Promise<Done>

  /** What a link in an e-mail ends; null when it is not ours. */
  readUnsubscribe(token: string): { readonly account: string; readonly ends: Ends } | null
  unsubscribe(token: string): Promise<boolean>

  /** Tells and sends whatever has become due; safe to call at any time, one run at a time. */
  run(): Promise<void>
  /** Lets the letter in hand go out and begins no other. */
  close(): void
}

export interface NoticesDeps
  extends Omit<WriteDeps, 'now' | 'datasets'>,
    Omit<KeepUpDeps, 'people' | 'closing'> {
  readonly store: NoticeStore
  readonly transport: Transport
  readonly wallClock: () => number
  readonly report: DeliverDeps['report']
}

const settingsInput = z.object({
  language: z.enum(LANGUAGES, 'Choose one of the languages offered.'),
  mode: z.enum(MODES, 'Choose each, daily or none.'),
  off: z.array(z.enum(KINDS, 'This is no kind of notice.')),
})

/** What people must be written is queued the moment it is asked for. */
export const postLetters =
  (store: NoticeStore, now: () => number): PostLetter =>
  async (letter) => {
    const nextAt = now()
    const { kind } = letter
    const queued =
      kind === 'invitation'
        ? {
            id: `${kind}.${letter.invitation}`,
            kind,
            account: null,
            ref: letter.invitation,
            nextAt,
          }
        : { id: `${kind}.${newId('l')}`, kind, account: letter.account, ref: '', nextAt }
    await store.addLetter(newLetter(queued))
  }

/** Looks again only when that much of the registry's time has passed. */
const every = (ms: number, now: () => number, look: () => Promise<void>) => {
  let looked = Number.NEGATIVE_INFINITY
  return async () => {
    const at = now()
    if (at - looked < ms) return
    await look()
    looked = at
  }
}

const running = (deps: NoticesDeps, closing: () => boolean) => {
  const now = deps.log.now
  const writing = { ...deps, now }
  const telling = { ...deps, closing }
  const catchUp = createCatchUp(telling)
  const remind = every(HOUR, now, async () => {
    await remindVoters(telling)
    await remindHolders(telling)
  })
  const sending = {
    ...deps,
    closing,
    now,
    write: (letter: Parameters<typeof writeLetter>[1]) => writeLetter(writing, letter),
  }
  return inTurn(async () => {
    await catchUp()
    await remind()
    while ((await deliver(sending)) > 0);
  })
}

const STATES = {
  sent: 'sent',
  waiting: 'waiting',
  sending: 'waiting',
  failed: 'failed',
  dropped: null,
} as const

export const createNotices = (deps: NoticesDeps): NoticeDesk => {
  const { store, sign, log } = deps
  const links = { ...deps, now: log.now }
  let closed = false
  return {
    notices: store.notices,
    unread: store.unread,
    markRead: async (account, ids) => {
      const found = await store.markRead(account, log.now(), ids)
      return ids && found < new Set(ids).size ? notFound('notice') : { ok: true }
    },
    describe: (notice, language) => describeNotice(deps, notice, language),
    settings: async (account) => (await store.settings(account)) ?? DEFAULTS,
    saveSettings: async (account, input) => {
      const read = parse(settingsInput, input)
      if (!read.ok) return read
      await store.saveSettings(account, read.value)
      return { ok: true }
    },
    mailState: async ({ id }) => {
      const letter = await store.letter(id)
      return letter && STATES[letter.state]
    },
    undelivered: () => store.countLetters('failed'),
    ballotLinks: async (account) => {
      const all = await store.linksOf(account)
      const votes = await Promise.all(all.map(({ proposal }) => deps.governance.proposal(proposal)))
      return all.filter((_, nth) => {
        const proposal = votes[nth]
        return proposal && deps.governance.view(proposal)?.phase === 'open'
      })
    },
    makeBallotLink: (account, proposal) => makeBallotLink(links, account, proposal),
    openBallotLink: (secret) => openBallotLink(links, secret),
    revokeBallotLinks: async (account, proposal) => {
      const removed = await store.removeLinks(account, proposal)
      return proposal !== undefined && removed === 0 ? notFound('voting link') : { ok: true }
    },
    readUnsubscribe: (token) => readUnsubscribe(sign, token),
    unsubscribe: async (token) => {
      const read = readUnsubscribe(sign, token)
      if (read) await unsubscribe(store, read)
      return read !== null
    },
    run: running(deps, () => closed),
    close: () => {
      closed = true
      deps.transport.close()
    },
  }
}
