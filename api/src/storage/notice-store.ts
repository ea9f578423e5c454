import { type Connection, Schema } from 'mongoose'
import type { BallotLink, Letter, Notice, NoticeSettings } from '../notices/notice.ts'
import type { NoticeStore } from '../notices/store.ts'
import { type Identified, isDuplicate, table, value, valueOrNull, withoutId } from './table.ts'

const notice = new Schema(
  {
    _id: String,
    account: { type: String, index: true },
    kind: String,
    about: Schema.Types.Mixed,
    at: Number,
    readAt: Number,
  },
  { versionKey: false, minimize: false },
).index({ account: 1, at: -1 })

const letter = new Schema(
  {
    _id: String,
    kind: String,
    account: String,
    ref: String,
    state: String,
    attempts: Number,
    nextAt: Number,
    leaseUntil: Number,
  },
  { versionKey: false },
).index({ state: 1, nextAt: 1 })

const setting = new Schema(
  { _id: String, language: String, mode: String, off: [String] },
  { versionKey: false },
)

const link = new Schema(
  { _id: String, account: { type: String, index: true }, proposal: String, madeAt: Number },
  { versionKey: false },
)

const cursor = new Schema({ _id: String, idx: Number }, { versionKey: false })

type Part<K extends keyof NoticeStore> = Promise<Pick<NoticeStore, K>>

const unlessThere = async (create: Promise<unknown>): Promise<boolean> => {
  try {
    await create
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

const cursorOf = async (connection: Connection): Part<'cursor' | 'moveCursor'> => {
  const cursors = await table<{ _id: string; idx: number }>(connection, 'notice-cursor', cursor)
  const _id = 'log'
  return {
    cursor: async () => (await cursors.findById(_id).lean())?.idx ?? 0,
    moveCursor: async (to) => {
      if (await unlessThere(cursors.create({ _id, idx: to }))) return
      await cursors.updateOne({ _id, idx: { $lt: to } }, { $set: { idx: to } })
    },
  }
}

const noticesOf = async (
  connection: Connection,
): Part<'add' | 'notice' | 'notices' | 'noticesBetween' | 'unread' | 'markRead'> => {
  const notices = await table<Identified<Notice>>(connection, 'notices', notice)
  return {
    add: (one) => unlessThere(notices.create(withoutId(one))),
    notice: async (id) => valueOrNull(await notices.findById(id).lean()),
    notices: async (account, first) =>
      (await notices.find({ account }).sort({ at: -1, _id: -1 }).limit(first).lean()).map(value),
    noticesBetween: async (account, from, until) =>
      (
        await notices
          .find({ account, at: { $gte: from, $lt: until } })
          .sort({ at: 1, _id: 1 })
          .lean()
      ).map(value),
    unread: (account) => notices.countDocuments({ account, readAt: null }),
    markRead: async (account, at, ids) => {
      const which = ids ? { _id: { $in: [...ids] } } : {}
      await notices.updateMany({ account, readAt: null, ...which }, { $set: { readAt: at } })
      return notices.countDocuments({ account, ...which })
    },
  }
}

const lettersOf = async (
  connection: Connection,
): Part<
  'addLetter' | 'letter' | 'dueLetters' | 'claimLetter' | 'settleLetter' | 'countLetters'
> => {
  const letters = await table<Identified<Letter>>(connection, 'letters', letter)
  const due = async (filter: object, first: number) =>
    (await letters.find(filter).sort({ nextAt: 1, _id: 1 }).limit(first).lean()).map(value)
  return {
    addLetter: (one) => unlessThere(letters.create(withoutId(one))),
    letter: async (id) => valueOrNull(await letters.findById(id).lean()),
    dueLetters: async (now, wall, first) => [
      ...(await due({ state: 'waiting', nextAt: { $lte: now } }, first)),
      ...(await due({ state: 'sending', leaseUntil: { $lte: wall } }, first)),
    ],
    claimLetter: async ({ id, state, leaseUntil: was, attempts }, leaseUntil) =>
      (
        await letters.updateOne(
          { _id: id, state, leaseUntil: was, attempts },
          { $set: { state: 'sending', leaseUntil } },
        )
      ).modifiedCount === 1,
    settleLetter: async (id, change) =>
      void (await letters.updateOne({ _id: id }, { $set: change })),
    countLetters: (state) => letters.countDocuments({ state }),
  }
}

const settingsOf = async (connection: Connection): Part<'settings' | 'saveSettings'> => {
  const all = await table<NoticeSettings & { _id: string }>(connection, 'notice-settings', setting)
  return {
    settings: async (account) => {
      const found = await all.findById(account).lean()
      return found && { language: found.language, mode: found.mode, off: found.off }
    },
    saveSettings: async (_id, settings) =>
      void (await all.updateOne({ _id }, { $set: settings }, { upsert: true })),
  }
}

const linksOf = async (
  connection: Connection,
): Part<'addLink' | 'link' | 'linksOf' | 'removeLinks'> => {
  const links = await table<Identified<BallotLink>>(connection, 'ballot-links', link)
  return {
    addLink: async (one) => void (await links.create(withoutId(one))),
    link: async (id) => valueOrNull(await links.findById(id).lean()),
    linksOf: async (account) =>
      (await links.find({ account }).sort({ madeAt: -1 }).lean()).map(value),
    removeLinks: async (account, proposal, except) => {
      const which = {
        ...(proposal === undefined ? {} : { proposal }),
        ...(except === undefined ? {} : { _id: { $ne: except } }),
      }
      return (await links.deleteMany({ account, ...which })).deletedCount
    },
  }
}

/** Notices, the letters that wait to be sent, what people want of them, and links to vote by. */
export const createNoticeStore = async (connection: Connection): Promise<NoticeStore> => ({
  ...(await cursorOf(connection)),
  ...(await noticesOf(connection)),
  ...(await lettersOf(connection)),
  ...(await settingsOf(connection)),
  ...(await linksOf(connection)),
})
