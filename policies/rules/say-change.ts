import { dutiesOf } from './duties.ts'
import type { Duty, Licence } from './licence.ts'
import { messagesFor } from './messages.ts'
import { diffLicences } from './refine-licence.ts'
import { sayExample } from './say-claim.ts'
import type { Example } from './search-state.ts'
import { sayDutyInTime } from './summarise.ts'

/** What a new version of a licence changes for people, in plain sentences. */
export interface SaidChange {
  /** One request for each action that is permitted from now on and was not before. */
  readonly wider: readonly string[]
  /** One request for each action that was permitted and is no longer. */
  readonly narrower: readonly string[]
  readonly dutiesAdded: readonly string[]
  readonly dutiesRemoved: readonly string[]
  /** False when the versions were too large to go through: then an empty list proves nothing. */
  readonly complete: boolean
}

const same = (one: Duty, other: Duty): boolean =>
  one.kind === other.kind && one.withinDays === other.withinDays

/** The difference in meaning between two versions, in words. `locale` is BCP 47. */
export function sayChange(before: Licence, after: Licence, locale: string): SaidChange {
  const words = messagesFor(locale)
  const { wider, narrower, complete } = diffLicences(before, after)
  const [old, now] = [dutiesOf(before), dutiesOf(after)]
  const only = (list: readonly Duty[], others: readonly Duty[]) =>
    list
      .filter((duty) => !others.some((other) => same(duty, other)))
      .map((duty) => sayDutyInTime(duty, words))
  const told = (licence: Licence, examples: readonly Example[], permitted: boolean) =>
    examples.map((example) => sayExample(licence, example, permitted, locale))
  return {
    wider: told(after, wider, true),
    narrower: told(after, narrower, false),
    dutiesAdded: only(now, old),
    dutiesRemoved: only(old, now),
    complete,
  }
}
