import type { BallotLink, Letter, LetterState, Notice, NoticeSettings } from './notice.ts'

/** What notices keep: ordinary documents, none of them a governed fact. */
export interface NoticeStore {
  /** Every event below this index has been told to whom it concerns. */
  cursor(): Promise<number>
  /** Never back. */
  moveCursor(to: number): Promise<void>

  /** false when it is there already. */
  add(notice: Notice): Promise<boolean>
  notice(id: string): Promise<Notice | null>
  /** Newest first. */
  notices(account: string, first: number): Promise<readonly Notice[]>
  /** Those of one span of time, oldest first. */
  noticesBetween(account: string, from: number, until: number): Promise<readonly Notice[]>
  unread(account: string): Promise<number>
  /** All of them when no ids are given; how many of those named are this person's. */
  markRead(account: string, at: number, ids?: readonly string[]): Promise<number>

  /** false when it is there already. */
  addLetter(letter: Letter): Promise<boolean>
  letter(id: string): Promise<Letter | null>
  /** Waiting, or left behind by a process that ended; due first. */
  dueLetters(now: number, wall: number, first: number): Promise<readonly Letter[]>
  /** Compare-and-set: false when another process was first. */
  claimLetter(letter: Letter, leaseUntil: number): Promise<boolean>
  settleLetter(
    id: string,
    change: { readonly state: LetterState; readonly attempts: number; readonly nextAt: number },
  ): Promise<void>
  countLetters(state: LetterState): Promise<number>

  settings(account: string): Promise<NoticeSettings | null>
  saveSettings(account: string, settings: NoticeSettings): Promise<void>

  addLink(link: BallotLink): Promise<void>
  link(id: string): Promise<BallotLink | null>
  linksOf(account: string): Promise<readonly BallotLink[]>
  /** All of a person, of one proposal, or all but one; how many there were. */
  removeLinks(account: string, proposal?: string, except?: string): Promise<number>
}
