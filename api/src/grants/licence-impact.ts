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

/** Published datasets with a version under one of these licences, as the one who asks may see them. */
const datasetsUnder = async (
  { datasets }: ImpactDeps,
  { community }: LicenceChange,
  digests: ReadonlySet<string>,
  actor: Actor | null,
): Promise<ReadonlySet<string>> => {
  const visible = await datasets.ofCommunity(community, actor)
  const versions = await datasets.versionsOf(visible.map(({ id }) => id))
  const brought = visible.filter(
    ({ newest, custody }) =>
      newest !== null && custody.others.some(({ licence }) => digests.has(licence)),
  )
  return new Set([
    ...versions
      .filter(({ publishedAt, licence }) => publishedAt !== null && digests.has(licence))
      .map(({ dataset }) => dataset),
    ...brought.map(({ id }) => id),
  ])
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
  const affected = await datasetsUnder(deps, change, digests, actor)
  const now = deps.log.now()
  const grants = (await deps.store.grantsIn(change.community)).filter(
    (grant) =>
      affected.has(grant.dataset) &&
      // What another community brought binds every version.
      (digests.has(grant.licence) || community !== grant.community) &&
      !isOver(grant, now),
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
