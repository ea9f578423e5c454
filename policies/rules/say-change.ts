import type { Duty, Licence } from './licence.ts'
import { type Change, type DutyChange, licenceChanges } from './licence-changes.ts'
import { type ClaimMessages, claimMessagesFor } from './messages.ts'
import { sayExample, sayScope } from './say-claim.ts'
import { sayActions, sayDutyInTime } from './summarise.ts'

/** What a new version of a licence changes for people, in plain sentences. */
export interface SaidChange {
  /** Who may newly do what, a group of requests each, with one of them as an example. */
  readonly wider: readonly string[]
  /** Who may no longer do what, likewise. */
  readonly narrower: readonly string[]
  readonly dutiesAdded: readonly string[]
  readonly dutiesRemoved: readonly string[]
  /** False when the versions were too large to go through: then an empty list proves nothing. */
  readonly complete: boolean
}

/**
 * The difference in meaning between two versions, in words. `locale` is BCP 47. A duty whose time
 * changes is said as removed with its old time and added with its new one.
 */
export function sayChange(
  before: Licence,
  after: Licence,
  locale: string | ClaimMessages,
): SaidChange {
  const words = claimMessagesFor(locale)
  const { wider, narrower, duties, complete } = licenceChanges(before, after)
  const told = (licence: Licence, permitted: boolean) => (change: Change) => {
    const actions = sayActions(change.scope, words)
    const group = words.changes[permitted ? 'wider' : 'narrower']
    const example = sayExample(licence, change.example, permitted, locale)
    return `${group(actions, sayScope(change.scope, words))} ${words.changes.example(example)}`
  }
  const said = (side: (change: DutyChange) => Duty | null): readonly string[] => {
    const sides = duties.map(side).filter((duty) => duty !== null)
    return [...new Set(sides.map((duty) => sayDutyInTime(duty, words)))]
  }
  return {
    wider: wider.map(told(after, true)),
    narrower: narrower.map(told(after, false)),
    dutiesAdded: said((change) => change.after),
    dutiesRemoved: said((change) => change.before),
    complete,
  }
}
