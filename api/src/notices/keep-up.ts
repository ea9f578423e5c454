import type { Proposal } from '../governance/governance.ts'
import type { Grant } from '../grants/grants.ts'
import type { StoredEvent } from '../log/index.ts'
import { troubleOf } from '../trouble.ts'
import { hear } from './hear.ts'
import type { Hear, HearDeps } from './heard.ts'
import { DEFAULTS, type Heard, type Letter, type Notice, noticeId } from './notice.ts'
import { beforeClose, ofGrant, type Reminder } from './remind.ts'
import type { NoticeStore } from './store.ts'

const DAY = 86_400_000
const READ = 500
/** The morning (UTC) of the day after, when most are awake somewhere. */
const DIGEST_HOUR = 6 * 3_600_000
/** Older than this is no news: it stands in the list as read. */
const OLD = 30 * DAY

export interface KeepUpDeps extends HearDeps {
  readonly store: NoticeStore
  readonly openVotes: () => Promise<readonly Proposal[]>
  readonly grantsIn: (community: string) => Promise<readonly Grant[]>
  readonly report: (error: unknown, about: string) => void
  /** The registry stops: nothing more is begun, and the next run goes on from here. */
  readonly closing: () => boolean
}

export const newLetter = (
  letter: Pick<Letter, 'id' | 'kind' | 'account' | 'ref' | 'nextAt'>,
): Letter => ({ ...letter, state: 'waiting', attempts: 0, leaseUntil: 0 })

/** By itself, or in the letter of the day; the last reminder of a vote cannot wait for a morning. */
const letterFor = async ({ store }: KeepUpDeps, notice: Notice): Promise<Letter | null> => {
  const { id, account, kind, at } = notice
  const { mode, off } = (await store.settings(account)) ?? DEFAULTS
  if (mode === 'none' || off.includes(kind)) return null
  if (mode === 'each' || kind === 'vote-closing') {
    return newLetter({ id, kind: 'notice', account, ref: id, nextAt: at })
  }
  const day = Math.floor(at / DAY)
  const nextAt = (day + 1) * DAY + DIGEST_HOUR
  return newLetter({
    id: `digest.${account}.${day}`,
    kind: 'digest',
    account,
    ref: `${day}`,
    nextAt,
  })
}

const note = async (deps: KeepUpDeps, idx: number, heard: Heard, at: number): Promise<void> => {
  const { account, kind, about } = heard
  const old = deps.log.now() - at > OLD
  const notice = { id: noticeId(idx, heard), account, kind, about, at, readAt: old ? at : null }
  if (await deps.store.notice(notice.id)) return
  // The letter first: where a notice stands its letter has been queued, or none was wanted.
  const letter = old ? null : await letterFor(deps, notice)
  if (letter) await deps.store.addLetter(letter)
  await deps.store.add(notice)
}

/** Looks at an event that cannot be told; after these the others wait for it no longer. */
const LOOKS = 5

/**
 * Tells what the log has recorded since; whatever is told twice changes nothing. An event that
 * fails again and again is reported and left behind, lest nobody hears of anything any more; a
 * store that is away is waited for.
 */
export const createCatchUp = (deps: KeepUpDeps, listen: Hear = hear) => {
  const { log, store, report, closing } = deps
  let failing = { idx: -1, looks: 0 }

  const tell = async (event: StoredEvent): Promise<void> => {
    try {
      for (const heard of await listen(deps, event)) await note(deps, event.idx, heard, event.at)
    } catch (error) {
      if (troubleOf(error)) throw error
      failing = { idx: event.idx, looks: failing.idx === event.idx ? failing.looks + 1 : 1 }
      if (failing.looks < LOOKS) throw error
      report(error, `notices of entry ${event.idx}`)
    }
  }
  /** Gives back how many of them are told. */
  const tellAll = async (events: readonly StoredEvent[]): Promise<number> => {
    let told = 0
    try {
      for (const event of events) {
        if (closing()) break
        await tell(event)
        told += 1
      }
    } finally {
      const last = events[told - 1]
      if (last) await store.moveCursor(last.idx + 1)
    }
    return told
  }
  return async (): Promise<void> => {
    const size = await log.size()
    let cursor = await store.cursor()
    if (cursor < size) await log.settled()
    while (cursor < size) {
      const told = await tellAll(await log.read(cursor, Math.min(READ, size - cursor)))
      if (told === 0) return
      cursor += told
    }
  }
}

const noteAll = async (deps: KeepUpDeps, reminders: readonly Reminder[]): Promise<void> => {
  for (const { idx, heard } of reminders) {
    if (deps.closing()) return
    await note(deps, idx, heard, deps.log.now())
  }
}

/** Calls votes to mind that close soon. */
export const remindVoters = async (deps: KeepUpDeps): Promise<void> => {
  for (const proposal of await deps.openVotes()) {
    if (deps.closing()) return
    await noteAll(deps, await beforeClose(deps, proposal, deps.log.now()))
  }
}

/** Calls grants to mind that end, and promises that fall due. */
export const remindHolders = async (deps: KeepUpDeps): Promise<void> => {
  for (const { id } of await deps.people.communities()) {
    const now = deps.log.now()
    for (const grant of await deps.grantsIn(id)) {
      if (deps.closing()) return
      await noteAll(deps, ofGrant(grant, now))
    }
  }
}
