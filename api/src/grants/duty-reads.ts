import type { Log } from '../log/index.ts'
import { breachedDuties, dutyStanding, openDuties } from './duties.ts'
import type { Grant, Grants } from './grants.ts'
import type { GrantStore } from './store.ts'

/** Nothing has to be done yet. */
const QUIET: ReadonlySet<string> = new Set(['scheduled', 'accepted', 'waived'])

const needsEyes = (grant: Grant, now: number): boolean =>
  grant.duties.some((duty) => !QUIET.has(dutyStanding(grant, duty, now).phase))

/** What a community sees of the duties it is owed: computed from every grant at each look. */
export const createDutyReads = ({
  log,
  store,
}: {
  readonly log: Log
  readonly store: GrantStore
}): Pick<Grants, 'dutyCounts' | 'grantsWithDuties'> => ({
  dutyCounts: async (community) => {
    const now = log.now()
    let [open, breached] = [0, 0]
    for (const grant of await store.grantsIn(community)) {
      open += openDuties(grant, now).length
      breached += breachedDuties(grant, now)
    }
    return { open, breached }
  },
  grantsWithDuties: async (community) => {
    const now = log.now()
    return (await store.grantsIn(community)).filter((grant) => needsEyes(grant, now))
  },
})
