import { createHash } from 'node:crypto'
import type { Account } from '../people/people.ts'
import type { PeopleDesk } from '../people/people-desk.ts'
import { makeBallotLink } from './ballot-links.ts'
import { type Content, compose, type Mail } from './compose-mail.ts'
import { type DescribeDeps, describeNotice, isNews } from './describe-notice.ts'
import {
  DEFAULTS,
  LANGUAGES,
  type Language,
  type Letter,
  type Notice,
  type NoticeKind,
  type NoticeSettings,
} from './notice.ts'
import type { NoticeStore } from './store.ts'
import { type Ends, type Sign, unsubscribeToken } from './unsubscribe.ts'
import { fill, sayDay, type Words, wordsIn } from './words.ts'

const DAY = 86_400_000

export interface WriteDeps extends DescribeDeps {
  readonly store: NoticeStore
  readonly people: PeopleDesk
  readonly sign: Sign
  readonly publicUrl: string
  readonly registry: string
  readonly now: () => number
}

type Draft = Omit<Mail, 'messageId'> | null

interface Desk {
  readonly deps: WriteDeps
  readonly letter: Letter
  readonly account: Account
  readonly settings: NoticeSettings
  readonly words: Words
}

const WITH_BALLOT: ReadonlySet<NoticeKind> = new Set(['vote-opened', 'vote-closing'])

const settingsOf = async ({ store }: WriteDeps, account: string | null): Promise<NoticeSettings> =>
  (account ? await store.settings(account) : null) ?? DEFAULTS

const greeting = (words: Words, name: string): string => fill(words.greeting, { name })

/** Why this came and how to have no more of it. */
const footer = ({ deps, words }: Desk, end: string): Content['footer'] => [
  fill(words.why, { registry: deps.registry }),
  { label: words.unsubscribe, url: end },
  { label: words.settings, url: `${deps.publicUrl}/notices` },
  words.unchecked,
]

const addressed = (
  desk: Desk,
  ends: Ends,
  content: Omit<Content, 'language' | 'footer'>,
): Draft => {
  const { deps, account, settings } = desk
  const end = `${deps.publicUrl}/unsubscribe/${unsubscribeToken(deps.sign, account.id, ends)}`
  return {
    to: { name: account.name, address: account.email },
    unsubscribe: end,
    ...compose({ ...content, language: settings.language, footer: footer(desk, end) }),
  }
}

const ballotParts = async ({ deps, account, words }: Desk, { about, kind }: Notice) => {
  if (!WITH_BALLOT.has(kind) || about.proposal === undefined) return []
  const secret = await makeBallotLink({ ...deps, people: deps.people }, account.id, about.proposal)
  const url = `${deps.publicUrl}/vote/${secret}`
  return [{ label: words.ballotLink, url }, words.ballotLinkAfter]
}

const aboutNotice = async (desk: Desk): Promise<Draft> => {
  const { deps, letter, account, settings, words } = desk
  const notice = await deps.store.notice(letter.ref)
  if (!notice || settings.mode === 'none' || settings.off.includes(notice.kind)) return null
  if (!(await isNews(deps, notice, deps.now()))) return null
  const said = await describeNotice(deps, notice, settings.language)
  return addressed(desk, notice.kind, {
    subject: said.title,
    parts: [
      greeting(words, account.name),
      said.title,
      said.text,
      said.settles,
      ...(await ballotParts(desk, notice)),
      { label: said.action, url: `${deps.publicUrl}${said.path}` },
    ],
  })
}

const aboutDay = async (desk: Desk): Promise<Draft> => {
  const { deps, letter, account, settings, words } = desk
  const from = Number(letter.ref) * DAY
  const all = await deps.store.noticesBetween(account.id, from, from + DAY)
  const wanted = all.filter(
    ({ kind, readAt }) =>
      // These went out by themselves: they could not wait for the morning.
      kind !== 'vote-closing' && readAt === null && !settings.off.includes(kind),
  )
  const news: Notice[] = []
  for (const one of wanted) if (await isNews(deps, one, deps.now())) news.push(one)
  if (news.length === 0 || settings.mode !== 'daily') return null
  const said = await Promise.all(news.map((one) => describeNotice(deps, one, settings.language)))
  return addressed(desk, 'digest', {
    subject: fill(words.digest.subject, { count: String(said.length) }),
    parts: [
      greeting(words, account.name),
      words.digest.text,
      ...said.map(({ title, path }) => ({ label: title, url: `${deps.publicUrl}${path}` })),
      { label: words.digest.action, url: `${deps.publicUrl}/notices` },
    ],
  })
}

interface Needed {
  readonly to: Mail['to']
  readonly words: Words[('verify' | 'reset' | 'invitation') & keyof Words]
  readonly holes: Readonly<Record<string, string>>
  readonly path: string
  readonly language: Language
}

/** What is legally needed carries no way to end it. */
const needed = ({ publicUrl, registry }: WriteDeps, what: Needed): Draft => {
  const { to, words, language, path } = what
  const holes = { ...what.holes, registry }
  const all = wordsIn(language)
  return {
    to,
    ...compose({
      subject: fill(words.subject, holes),
      language,
      parts: [
        greeting(all, to.name),
        fill(words.text, holes),
        { label: words.action, url: `${publicUrl}${path}` },
        fill(words.after, holes),
      ],
      footer: [registry, all.unchecked],
    }),
  }
}

const aboutAccount = async (desk: Desk, purpose: 'verify' | 'reset'): Promise<Draft> => {
  const { deps, account, settings, words } = desk
  if (purpose === 'verify' && account.emailVerifiedAt !== null) return null
  const secret = await deps.people.makeProof(account.id, purpose)
  return needed(deps, {
    to: { name: account.name, address: account.email },
    words: words[purpose],
    holes: {},
    path: `/${purpose === 'verify' ? 'verify' : 'reset'}/${secret}`,
    language: settings.language,
  })
}

const aboutSeat = async (deps: WriteDeps, letter: Letter): Promise<Draft> => {
  const invited = await deps.people.invitationByMail(letter.ref)
  const community = invited && (await deps.people.community(invited.community))
  if (!invited || !community) return null
  const language = LANGUAGES.find((one) => one === invited.language) ?? 'en'
  return needed(deps, {
    to: { name: invited.name, address: invited.email },
    words: wordsIn(language).invitation,
    holes: { community: community.name, day: sayDay(invited.expiresAt, language) },
    path: `/invitations/${invited.code}${language === 'en' ? '' : `?lang=${language}`}`,
    language,
  })
}

const draft = async (deps: WriteDeps, letter: Letter): Promise<Draft> => {
  if (letter.kind === 'invitation') return aboutSeat(deps, letter)
  const account = letter.account ? await deps.people.account(letter.account) : null
  if (!account) return null
  const settings = await settingsOf(deps, account.id)
  const desk = { deps, letter, account, settings, words: wordsIn(settings.language) }
  if (letter.kind === 'verify' || letter.kind === 'reset') return aboutAccount(desk, letter.kind)
  // Nobody is written to about anything else before they have shown that the address is theirs.
  if (account.emailVerifiedAt === null) return null
  return letter.kind === 'digest' ? aboutDay(desk) : aboutNotice(desk)
}

/** A name for the letter that is the same at every try, and says nothing about whom it is for. */
export const messageIdOf = ({ id }: Letter, publicUrl: string): string =>
  `${createHash('sha256').update(id).digest('hex').slice(0, 40)}@${new URL(publicUrl).hostname}`

/** Writes a letter as it has to be said now; null when there is nothing to say any more. */
export const writeLetter = async (deps: WriteDeps, letter: Letter): Promise<Mail | null> => {
  const written = await draft(deps, letter)
  return written && { ...written, messageId: messageIdOf(letter, deps.publicUrl) }
}
