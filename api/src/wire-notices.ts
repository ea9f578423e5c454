import { join } from 'node:path'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Datasets } from './datasets/datasets.ts'
import type { Governance } from './governance/governance.ts'
import type { GovernanceStore } from './governance/store.ts'
import type { GrantStore } from './grants/store.ts'
import type { Log } from './log/index.ts'
import { createNotices, type NoticeDesk, postLetters } from './notices/create-notices.ts'
import type { Transport } from './notices/deliver.ts'
import { smtpTransport } from './notices/smtp.ts'
import type { Sign } from './notices/unsubscribe.ts'
import type { PostLetter } from './people/letters.ts'
import type { PeopleDesk } from './people/people-desk.ts'
import type { Storage } from './storage/connect.ts'
import { createNoticeStore } from './storage/notice-store.ts'
import { type Outbox, openOutbox } from './storage/outbox.ts'

interface PostOptions {
  readonly config: Config
  readonly clock: Clock
  readonly report: (error: unknown, about: string) => void
}

interface Told {
  readonly people: PeopleDesk
  readonly governance: Governance
  readonly datasets: Datasets
  readonly proposals: Pick<GovernanceStore, 'unsettled'>
  readonly grantStore: Pick<GrantStore, 'grantsIn' | 'grantsOn'>
  readonly sign: Sign
}

/** What tells people: needed before the people it writes to, and complete after what it tells of. */
export interface Post {
  readonly letters: PostLetter
  readonly outbox: Outbox
  readonly notices: (told: Told) => NoticeDesk
}

/** A relay when there is one, otherwise a folder. */
const transportOf = ({ config, clock }: PostOptions, outbox: Outbox): Transport =>
  config.smtp
    ? smtpTransport(config.smtp.url, config.smtp.from)
    : { send: (mail) => outbox.put({ ...mail, at: clock.now() }), close: () => undefined }

export const openPost = async (
  { connection }: Storage,
  log: Log,
  options: PostOptions,
): Promise<Post> => {
  const { config, report } = options
  const store = await createNoticeStore(connection)
  const outbox = openOutbox({ dir: join(config.dataDir, 'outbox') })
  return {
    letters: postLetters(store, log.now),
    outbox,
    notices: ({ proposals, grantStore, ...told }) =>
      createNotices({
        ...told,
        log,
        store,
        transport: transportOf(options, outbox),
        publicUrl: config.publicUrl,
        registry: config.name,
        openVotes: proposals.unsettled,
        grantsIn: grantStore.grantsIn,
        grantsOn: grantStore.grantsOn,
        wallClock: Date.now,
        report,
      }),
  }
}
