import type { Context } from '../context.ts'
import { signInFirst } from '../errors.ts'
import type { Resolvers } from '../graphql/generated.ts'
import type { Account } from '../people/people.ts'
import { shown } from '../people/resolvers.ts'
import { KINDS, LANGUAGES, type Language } from './notice.ts'
import { wordsIn } from './words.ts'

const MOST = 100

const iso = (ms: number): string => new Date(ms).toISOString()

/** The language asked for when we speak it, otherwise the source. */
const languageOf = (tag: string | null | undefined): Language =>
  LANGUAGES.find((one) => one === tag?.split('-')[0]) ?? 'en'

const asked = async (
  { actor }: Context,
  change: (account: Account) => Promise<{ readonly ok: true } | Parameters<typeof shown>[0]>,
) => {
  if (!actor) return { refused: shown(signInFirst()) }
  const result = await change(actor.account)
  return result.ok ? { viewer: actor.account } : { refused: shown(result) }
}

export const resolvers: Resolvers = {
  Viewer: {
    notices: async ({ id }, { first }, { notices }) => [
      ...(await notices.notices(id, Math.min(Math.max(first ?? 20, 1), MOST))),
    ],
    unreadNotices: ({ id }, _, { notices }) => notices.unread(id),
    noticeSettings: ({ id }, _, { notices }) => notices.settings(id),
    ballotLinks: async ({ id }, _, { notices }) => [...(await notices.ballotLinks(id))],
    undelivered: ({ operator }, _, { notices }) => (operator ? notices.undelivered() : null),
  },
  Notice: {
    at: ({ at }) => iso(at),
    read: ({ readAt }) => readAt !== null,
    title: async (notice, { language }, { notices }) =>
      (await notices.describe(notice, languageOf(language))).title,
    path: async (notice, _, { notices }) => (await notices.describe(notice, 'en')).path,
    mail: (notice, _, { notices }) => notices.mailState(notice),
  },
  NoticeSettings: {
    kinds: ({ off }, { language }) =>
      KINDS.map((kind) => ({
        kind,
        name: wordsIn(languageOf(language)).kinds[kind].name,
        mail: !off.includes(kind),
      })),
  },
  BallotLink: {
    proposal: ({ proposal }, _, { governance }) => governance.proposal(proposal),
    madeAt: ({ madeAt }) => iso(madeAt),
  },
  Mutation: {
    markNoticesRead: (_, { ids }, context) =>
      asked(context, ({ id }) => context.notices.markRead(id, ids ?? undefined)),
    saveNoticeSettings: (_, { input }, context) =>
      asked(context, ({ id }) => context.notices.saveSettings(id, input)),
    revokeBallotLinks: (_, { proposal }, context) =>
      asked(context, ({ id }) => context.notices.revokeBallotLinks(id, proposal ?? undefined)),
  },
}
