import type { Purpose } from '../../../policies/index.ts'
import type { Dataset, Version } from '../datasets/datasets.ts'
import { seatOf } from '../datasets/who-may.ts'
import { isRefusal } from '../errors.ts'
import type { Actor } from '../people/people.ts'
import { answer, type ConsiderDeps, clausesOf, findVersion } from './consider.ts'
import { mayEnter, refusalTo } from './door.ts'
import { ABSENT, closed, PARENT_CLOSED, shut } from './door-refusals.ts'
import type { DoorRefusal, Grant } from './grants.ts'
import { placeOf } from './team.ts'

/** Leave to look at a sample of a version on this site, found good at this instant. */
export interface Look {
  readonly ok: true
  readonly dataset: Dataset
  readonly version: Version
  /** The grant it rests on; null: the licence permits it to this person by itself. */
  readonly grant: Grant | null
  /** Id in the team of that grant of the one who looks; null: its holder. */
  readonly member: string | null
}

export interface LookRequest {
  readonly dataset: string
  /** Left out: the newest. */
  readonly version?: string | null
  /** What the one who looks says it is for. */
  readonly purposes?: readonly Purpose[]
  /** What they promise by looking: only what nobody has to come back for. */
  readonly duties?: readonly Promised[]
}

/** Duties that hold wherever it is used, with nothing to hand in: no grant is needed to keep them. */
export const PROMISED = ['attribute', 'noticeLabels'] as const
type Promised = (typeof PROMISED)[number]

/** By a grant of one's own or in whose team one is; null: there is none that is good. */
const byGrant = async (
  deps: ConsiderDeps,
  actor: Actor,
  { dataset, version }: Pick<Look, 'dataset' | 'version'>,
): Promise<Pick<Look, 'grant' | 'member'> | null> => {
  const held = await deps.store.grantsUsedBy(actor.account.id)
  for (const grant of held) {
    if (grant.dataset !== dataset.id || grant.version !== version.version) continue
    const claim = { dataset, grant, held, action: 'preview' } as const
    if (await refusalTo(deps, actor.account.id, claim)) continue
    return { grant, member: placeOf(grant, actor.account.id)?.id ?? null }
  }
  return null
}

/** Whether the licence permits it to this person without anybody being asked. */
const byLicence = async (
  deps: ConsiderDeps,
  actor: Actor | null,
  about: Pick<Look, 'dataset' | 'version'>,
  { purposes = [], duties = [] }: Pick<LookRequest, 'purposes' | 'duties'>,
): Promise<DoorRefusal | null> => {
  for (const bound of await deps.termsOf(about.version)) {
    const shutThere = bound.own ? null : closed(bound.dataset, deps.log.now(), 'preview')
    if (shutThere) return { ...shutThere, ...PARENT_CLOSED }
  }
  const use = { actions: ['preview'], purposes } as const
  const who = { account: actor?.account.id ?? null, declared: {}, acceptedDuties: duties }
  const { decision, reasons } = await answer(deps, { ...about, use }, who)
  if (decision.decision === 'permit') return null
  const message =
    'The licence does not let you look at a sample without a grant. Ask for access on the dataset’s page.'
  const refused = shut(actor ? 403 : 401, 'PREVIEW_REFUSED', message, reasons)
  return { ...refused, clauses: clausesOf(decision) }
}

/** Who sits in a body that votes on a draft may look into it: they have to know what they publish. */
const asDecider = async (
  deps: ConsiderDeps,
  actor: Actor | null,
  id: string,
  number: string,
): Promise<Look | null> => {
  if (actor?.scopes !== null) return null
  const [dataset, version] = await Promise.all([
    deps.datasets.dataset(id),
    deps.datasets.anyVersion(id, number),
  ])
  if (!dataset || version?.publishedAt !== null) return null
  const seat = await seatOf(deps.people, dataset, actor)
  const decides = seat !== null && seat.bodies.length > 0
  return decides ? { ok: true, dataset, version, grant: null, member: null } : null
}

/**
 * May this person look at a sample now? The decision of the door, for the action `preview`: by a
 * grant that is good now, or by the licence alone.
 */
export const admitToLook = async (
  deps: ConsiderDeps,
  actor: Actor | null,
  { dataset: id, version: number, ...declared }: LookRequest,
): Promise<Look | DoorRefusal> => {
  const found = await findVersion(deps, actor, id, number)
  if (!found) return (number && (await asDecider(deps, actor, id, number))) || ABSENT
  const shutAlready = (actor && mayEnter(actor)) ?? closed(found.dataset, deps.log.now(), 'preview')
  if (shutAlready) return shutAlready
  const granted = actor && (await byGrant(deps, actor, found))
  if (granted) return { ok: true, ...found, ...granted }
  const refused = await byLicence(deps, actor, found, declared)
  return refused ?? { ok: true, ...found, grant: null, member: null }
}

/** Who sits in a body that votes on a version has to know what changed in it, draft or not. */
export const mayCompare = async (
  deps: ConsiderDeps,
  actor: Actor | null,
  versions: readonly Version[],
): Promise<boolean> => {
  for (const { dataset: id, version, publishedAt } of versions) {
    const dataset = await deps.datasets.dataset(id)
    const seat = dataset && (await seatOf(deps.people, dataset, actor))
    if (seat && seat.bodies.length > 0) continue
    if (publishedAt === null) return false
    if (isRefusal(await admitToLook(deps, actor, { dataset: id, version }))) return false
  }
  return true
}
