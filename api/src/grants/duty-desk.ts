import { breachedDuties, dutyStanding, openDuties } from './duties.ts'
import type { Grant, Grants } from './grants.ts'
import { answerDuty, type DutyDeps, reportDuty } from './report-duty.ts'
import { proposeWaiver, type WaiverDeps } from './waive-duty.ts'

/** Nothing has to be done yet. */
const QUIET: ReadonlySet<string> = new Set(['scheduled', 'accepted', 'waived'])

const needsEyes = (grant: Grant, now: number): boolean =>
  grant.duties.some((duty) => !QUIET.has(dutyStanding(grant, duty, now).phase))

const createDutyReads = ({
  log,
  store,
}: DutyDeps): Pick<Grants, 'dutyCounts' | 'grantsWithDuties'> => ({
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

/** Duties as they are kept, and what a community sees of them: computed from every grant at each look. */
export const createDutyDesk = (
  deps: WaiverDeps,
): Pick<
  Grants,
  'reportDuty' | 'answerDuty' | 'proposeWaiver' | 'dutyCounts' | 'grantsWithDuties'
> => ({
  ...createDutyReads(deps),
  reportDuty: (actor, input) => reportDuty(deps, actor, input),
  answerDuty: (actor, input) => answerDuty(deps, actor, input),
  proposeWaiver: (actor, input) => proposeWaiver(deps, actor, input),
})
