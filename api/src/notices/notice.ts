/** What a person may be told of; each can be switched off by itself. */
export const KINDS = [
  'vote-opened',
  'vote-about-you',
  'vote-closing',
  'vote-result',
  'veto-window',
  'appeal-lodged',
  'vote-again',
  'minute-waiting',
  'ballot-entered',
  'request-returned',
  'request-answered',
  'grant-issued',
  'grant-expiring',
  'grant-revoked',
  'grant-suspended',
  'team-named',
  'duty-due',
  'duty-overdue',
  'deletion-asked',
  'delegation-used',
  'delegation-paused',
  'contribution-used',
  'contribution-withdrawn',
] as const
export type NoticeKind = (typeof KINDS)[number]

export const isKind = (text: string): text is NoticeKind => KINDS.some((kind) => kind === text)

/** What a notice is about: ids only, so that nothing has to be erased twice. */
export interface About {
  readonly proposal?: string
  readonly grant?: string
  readonly dataset?: string
  readonly version?: string
  readonly request?: string
  readonly duty?: string
  readonly community?: string
  /** Epoch ms of the close, the end or the day it falls due. */
  readonly until?: number
}

/** One thing one person hears, once. */
export interface Notice {
  /** Event index, person, kind and mark: the same thing is never told twice. */
  readonly id: string
  readonly account: string
  readonly kind: NoticeKind
  readonly about: About
  /** Epoch ms by the registry's clock. */
  readonly at: number
  readonly readAt: number | null
}

/** Somebody has to hear something. */
export interface Heard {
  readonly account: string
  readonly kind: NoticeKind
  readonly about: About
  /** Tells repetitions of one kind about one event apart, such as two reminders. */
  readonly mark?: string
}

export const noticeId = (idx: number, { account, kind, mark = '' }: Heard): string =>
  `${idx}.${account}.${kind}${mark && `.${mark}`}`

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

export const MODES = ['each', 'daily', 'none'] as const
/** `each`: one e-mail a notice; `daily`: one a day; `none`: in the registry only. */
export type Mode = (typeof MODES)[number]

export interface NoticeSettings {
  readonly language: Language
  readonly mode: Mode
  /** Kinds of which no e-mail is wanted. */
  readonly off: readonly NoticeKind[]
}

export const DEFAULTS: NoticeSettings = { language: 'en', mode: 'each', off: [] }

export type LetterState = 'waiting' | 'sending' | 'sent' | 'failed' | 'dropped'

/** An e-mail to be written. It holds no secret: links are made as it is sent. */
export interface Letter {
  /** The same letter is queued once, and carries the same Message-ID however often it is tried. */
  readonly id: string
  readonly kind: 'notice' | 'digest' | 'verify' | 'reset' | 'invitation'
  /** null: to somebody without an account. */
  readonly account: string | null
  /** Id of the notice or invitation, or the day of a digest. */
  readonly ref: string
  readonly state: LetterState
  readonly attempts: number
  /** Epoch ms by the registry's clock. */
  readonly nextAt: number
  /** Epoch ms by the system's clock, until which one process has it. */
  readonly leaseUntil: number
}

/** A link by which one person votes on one proposal; `id` is the SHA-256 of its secret. */
export interface BallotLink {
  readonly id: string
  readonly account: string
  readonly proposal: string
  readonly madeAt: number
}
