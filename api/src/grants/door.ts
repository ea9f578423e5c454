import { type Action, evaluate, explainDecision, type Purpose } from '../../../policies/index.ts'
import { type Dataset, effectiveStage, type Manifest, type Version } from '../datasets/datasets.ts'
import { isRefusal } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor } from '../people/people.ts'
import { type ConsiderDeps, findVersion } from './consider.ts'
import { collectFacts } from './facts.ts'
import type { DoorRefusal, FileRequest, Grant, Pass } from './grants.ts'

const NAMED_DOWNLOAD = 4

/** A refusal at the door with the status that real clients understand. */
export const shut = (
  status: DoorRefusal['status'],
  code: string,
  message: string,
  reasons: Refusal['reasons'] = [],
): DoorRefusal => ({ ok: false, status, code, message, reasons })

const ABSENT = shut(404, 'NOT_FOUND', 'There is nothing at this address, or you may not see it.')

/** Is the grant itself still good? Revocation and time are read, never scheduled. */
const standing = (grant: Grant, now: number): DoorRefusal | null => {
  if (grant.revokedAt !== null) {
    return shut(403, 'GRANT_REVOKED', 'The council has revoked this grant.')
  }
  if (now >= grant.expiresAt) {
    return shut(403, 'GRANT_EXPIRED', 'This grant has expired. Ask for access again.')
  }
  return null
}

/** Has the community closed the dataset to everybody? */
const closed = (dataset: Dataset, now: number): DoorRefusal | null => {
  if (dataset.suspension !== null) {
    return shut(403, 'SUSPENDED', 'The community has suspended this dataset.')
  }
  if (dataset.embargoUntil !== null && now < dataset.embargoUntil) {
    const day = new Date(dataset.embargoUntil).toISOString().slice(0, 10)
    return shut(403, 'EMBARGOED', `No file leaves before ${day}.`)
  }
  if (effectiveStage(dataset, now) < NAMED_DOWNLOAD) {
    return shut(403, 'STAGE_CLOSED', 'The community has not released this dataset for download.')
  }
  return null
}

/** What the licence says now of what the grant allows, on the facts of now. */
const licensed = async (
  deps: ConsiderDeps,
  dataset: Dataset,
  grant: Grant,
  now: number,
): Promise<DoorRefusal | null> => {
  const licence = await deps.licenceOf(grant.licence)
  const facts = await collectFacts(deps, {
    account: grant.account,
    community: dataset.community,
    declared: grant.facts,
    acceptedDuties: grant.duties.map(({ kind }) => kind),
    ...(grant.basis === 'vote' ? { councilApproval: 'approved' } : {}),
    now,
  })
  const use = {
    actions: [...new Set([...(grant.actions as Action[]), 'download' as const])],
    purposes: grant.purposes as Purpose[],
  }
  const decision = evaluate(licence, facts, use, now)
  if (decision.decision === 'permit') return null
  const reasons = explainDecision(licence, decision, 'en')
  return shut(403, 'LICENCE_REFUSES', 'The licence does not allow this download now.', reasons)
}

/** Everything that may have changed since the grant was issued, in the order it is told. */
export const refusalNow = async (
  deps: ConsiderDeps,
  dataset: Dataset,
  grant: Grant,
): Promise<DoorRefusal | null> => {
  const now = deps.log.now()
  return standing(grant, now) ?? closed(dataset, now) ?? (await licensed(deps, dataset, grant, now))
}

/** The first of the person's grants that is good, or why the newest one is not. */
const chooseGrant = async (
  deps: ConsiderDeps,
  dataset: Dataset,
  grants: readonly Grant[],
): Promise<Grant | DoorRefusal> => {
  const refusals: DoorRefusal[] = []
  for (const grant of grants) {
    const refused = await refusalNow(deps, dataset, grant)
    if (!refused) return grant
    refusals.push(refused)
  }
  return (
    refusals[0] ??
    shut(
      403,
      'NO_GRANT',
      'You hold no grant for this version. Ask for access on the dataset’s page.',
    )
  )
}

const findFile = (manifest: Manifest | null, path: string) =>
  manifest?.files.find((file) => file.path === path)

const mayEnter = (actor: Actor | null): DoorRefusal | null => {
  if (!actor)
    return shut(401, 'SIGN_IN', 'Sign in, or send a personal token with the scope download.')
  if (actor.scopes === null || actor.scopes.includes('download')) return null
  return shut(403, 'SCOPE_MISSING', 'This token lacks the scope “download”.')
}

const withdrawn = async (deps: ConsiderDeps, sha256: string, version: Version) =>
  (await deps.datasets.isWithdrawn(sha256, version))
    ? shut(403, 'WITHDRAWN', 'The contributor has withdrawn this file.')
    : null

/** The one door: may this person have this file now? */
export const pass = async (
  deps: ConsiderDeps,
  actor: Actor | null,
  { dataset: id, version: number, path }: FileRequest,
): Promise<Pass | DoorRefusal> => {
  const found = await findVersion(deps, actor, id, number)
  if (!found) return ABSENT
  const outside = mayEnter(actor)
  if (outside || !actor) return outside ?? ABSENT
  const { dataset, version } = found
  const grants = await deps.store.grantsFor(actor.account.id, id, version.version)
  const grant = await chooseGrant(deps, dataset, grants)
  if (isRefusal(grant)) return grant
  const file = findFile(await deps.datasets.manifest(version.manifestDigest), path)
  if (!file) return shut(404, 'NO_FILE', 'This version has no such file.')
  return (await withdrawn(deps, file.sha256, version)) ?? { ok: true, dataset, grant, file }
}
