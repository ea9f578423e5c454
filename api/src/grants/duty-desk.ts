import { isTombstone, keepersOf } from '../datasets/datasets.ts'
import { answersTo } from './answers-to.ts'
import { attestDeletion, createDeletionAsker, type DeletionDeps } from './ask-deletions.ts'
import { openDeletions } from './deletions.ts'
import { breachedDuties, dutyStanding, openDuties } from './duties.ts'
import { type DutyBoard, dutyBoardOf } from './duty-board.ts'
import type { Grant, Grants } from './grants.ts'
import { answerDuty, type DutyDeps, reportDuty } from './report-duty.ts'
import { proposeWaiver, type WaiverDeps } from './waive-duty.ts'

/** Nothing has to be done yet. */
const QUIET: ReadonlySet<string> = new Set(['scheduled', 'accepted', 'waived'])

const needsEyes = (grant: Grant, now: number): boolean =>
  openDeletions(grant, now).length > 0 ||
  grant.duties.some((duty) => !QUIET.has(dutyStanding(grant, duty, now).phase))

/** Given by those who keep the dataset no more: what is owed for it is owed to whoever keeps it now. */
const inherited = async ({ store, datasets }: DutyDeps, community: string) => {
  const kept = new Map((await datasets.keptBy(community)).map((one) => [one.id, keepersOf(one)]))
  const all = kept.size === 0 ? [] : await store.grantsOn([...kept.keys()])
  return all.filter((grant) => {
    const keepers = kept.get(grant.dataset) ?? []
    return answersTo(grant).every((one) => !keepers.includes(one))
  })
}

const answeredFor = async (deps: DutyDeps, community: string): Promise<readonly Grant[]> => [
  ...(await deps.store.grantsIn(community)),
  ...(await inherited(deps, community)),
]

const createDutyReads = (deps: DutyDeps): Pick<Grants, 'dutyCounts' | 'grantsWithDuties'> => ({
  dutyCounts: async (community) => {
    const now = deps.log.now()
    let [open, breached] = [0, 0]
    for (const grant of await answeredFor(deps, community)) {
      open += openDuties(grant, now).length + openDeletions(grant, now).length
      breached += breachedDuties(grant, now)
    }
    return { open, breached }
  },
  grantsWithDuties: async (community) => {
    const now = deps.log.now()
    return (await answeredFor(deps, community)).filter((grant) => needsEyes(grant, now))
  },
})

/** Only of what is there, or has a tombstone, for the one who asks: hidden things are not counted. */
const readBoard = async (
  deps: DutyDeps & DeletionDeps,
  ...[actor, community]: Parameters<Grants['dutyBoard']>
): Promise<DutyBoard> => {
  const { log, datasets } = deps
  const grants = await answeredFor(deps, community)
  const known = new Map<string, string>()
  for (const one of await datasets.datasets([...new Set(grants.map(({ dataset }) => dataset))]))
    if (isTombstone(one) || (await datasets.visibleTo(one, actor))) known.set(one.id, one.title)
  return dutyBoardOf({ community, titles: known }, grants, log.now())
}

/** Duties as they are kept, and what a community sees of them: computed from every grant at each look. */
/** What holders were handed out goes by other digests than what it was a copy of. */
const heldAs = async (
  { store }: DutyDeps,
  { id, fingerprint }: Grant,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const copies = fingerprint ? await store.copiesHandedOver(id) : []
  const held = new Map<string, readonly string[]>()
  for (const { sha256, copy } of copies)
    if (copy) held.set(sha256, [...new Set([...(held.get(sha256) ?? []), copy])])
  return held
}

export const createDutyDesk = (
  deps: WaiverDeps & DeletionDeps,
): Pick<
  Grants,
  | 'reportDuty'
  | 'answerDuty'
  | 'proposeWaiver'
  | 'dutyCounts'
  | 'grantsWithDuties'
  | 'dutyBoard'
  | 'askDeletions'
  | 'attestDeletion'
  | 'heldAs'
> => ({
  ...createDutyReads(deps),
  dutyBoard: (actor, community) => readBoard(deps, actor, community),
  heldAs: (grant) => heldAs(deps, grant),
  askDeletions: createDeletionAsker(deps),
  attestDeletion: (actor, input) => attestDeletion(deps, actor, input),
  reportDuty: (actor, input) => reportDuty(deps, actor, input),
  answerDuty: (actor, input) => answerDuty(deps, actor, input),
  proposeWaiver: (actor, input) => proposeWaiver(deps, actor, input),
})
