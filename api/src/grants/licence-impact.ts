import { type Licence, parseLicence } from '../../../policies/index.ts'
import type { Licences } from '../licences/licences.ts'
import type { Actor } from '../people/people.ts'
import type { AcceptDeps } from './accept-licence.ts'
import type { ConsiderDeps } from './consider.ts'
import { openDuties } from './duties.ts'
import type { Grant, LicenceChange, LicenceImpact } from './grants.ts'
import { factsAt, narrowingFor } from './held-terms.ts'
import { isOver } from './team.ts'

export interface ImpactDeps extends Omit<AcceptDeps, keyof ConsiderDeps>, ConsiderDeps {
  readonly licences: Pick<Licences, 'newerThan' | 'versionsOf'>
}

const NOTHING: LicenceImpact = { datasets: 0, grants: 0, reaccept: 0, closed: 0, duties: 0 }

/** What of the published data stands under a licence, as the one who asks may see it. */
interface Reach {
  /** Ids of datasets of which a version was published under it. */
  readonly assembled: ReadonlySet<string>
  /** Ids of datasets to which its community has come as a keeper: there it binds every version. */
  readonly brought: ReadonlySet<string>
}

const reachOf = async (
  { datasets }: ImpactDeps,
  { community }: LicenceChange,
  digests: ReadonlySet<string>,
  actor: Actor | null,
): Promise<Reach> => {
  const visible = await datasets.ofCommunity(community, actor)
  const versions = await datasets.versionsOf(visible.map(({ id }) => id))
  const brought = visible.filter(
    ({ newest, custody }) =>
      newest !== null && custody.others.some(({ licence }) => digests.has(licence)),
  )
  const published = versions.filter(
    ({ publishedAt, licence }) => publishedAt !== null && digests.has(licence),
  )
  return {
    assembled: new Set(published.map(({ dataset }) => dataset)),
    brought: new Set(brought.map(({ id }) => id)),
  }
}

const countOne = async (
  deps: ImpactDeps,
  { newer, community }: { readonly newer: Licence; readonly community: string },
  grant: Grant,
  now: number,
) => {
  const whose = { dataset: grant.dataset, community }
  const { kind } = narrowingFor(newer, grant, await factsAt(deps, { grant, whose, now }), now)
  return { kind, duties: openDuties(grant, now).length }
}

/** What a new version of a licence does to what is published and granted, decided by that version. */
export const licenceImpact = async (
  deps: ImpactDeps,
  actor: Actor | null,
  change: LicenceChange,
): Promise<LicenceImpact> => {
  const parsed = parseLicence(change.document)
  const versions = await deps.licences.versionsOf(change.licence)
  if (!parsed.ok || versions.some(({ community }) => community !== change.community)) return NOTHING
  const { community } = change
  const digests = new Set(versions.map(({ digest }) => digest))
  const { assembled, brought } = await reachOf(deps, change, digests, actor)
  const affected = new Set([...assembled, ...brought])
  const now = deps.log.now()
  // Whoever granted it, and were it before this community came to keep the dataset.
  const grants = (await deps.store.grantsOn([...affected])).filter(
    (grant) => (digests.has(grant.licence) || brought.has(grant.dataset)) && !isOver(grant, now),
  )
  const counted = await Promise.all(
    grants.map((grant) => countOne(deps, { newer: parsed.licence, community }, grant, now)),
  )
  return {
    datasets: affected.size,
    grants: grants.length,
    reaccept: counted.filter(({ kind }) => kind === 'reaccept').length,
    closed: counted.filter(({ kind }) => kind === 'closed').length,
    duties: counted.reduce((sum, { duties }) => sum + duties, 0),
  }
}
