import {
  type Decision,
  decide,
  evaluate,
  explainDecision,
  type Licence,
  onlyPeopleCanSettle,
} from '../../../policies/index.ts'
import { type Dataset, isHeldBack, isTombstone, type Version } from '../datasets/datasets.ts'
import { isRefusal } from '../errors.ts'
import type { Actor } from '../people/people.ts'
import { shareCommunity } from './answers-to.ts'
import { type ConsiderDeps, clausesOf, findVersion } from './consider.ts'
import { lateDeletions } from './deletions.ts'
import {
  ABSENT,
  BREACHED,
  closed,
  type EnforcedAction,
  NEW_TERMS,
  NO_COPY,
  NO_FILE,
  NO_GRANT,
  PARENT_CLOSED,
  shut,
  standing,
  TAKEN_DOWN,
  WITHDRAWN,
} from './door-refusals.ts'
import { breachedDuties, lateDuties } from './duties.ts'
import type { DoorRefusal, FileRequest, Grant, Pass } from './grants.ts'
import { type FactsUnder, factsHeld, narrowingFor, useOf } from './held-terms.ts'
import type { OwnCopy } from './own-copy.ts'
import type { FileList, ReadManifest } from './read-manifest.ts'
import { asMember, placeOf, termsInForce } from './team.ts'
import { type BoundTerms, type CustodianTerms, licencesBy } from './terms.ts'

export interface PassDeps extends ConsiderDeps {
  readonly manifestOf: ReadManifest
  readonly ownCopy: OwnCopy
}

export interface Claim {
  readonly dataset: Dataset
  readonly grant: Grant
  /** All grants its holder may use, when they have just been read. */
  readonly held?: readonly Grant[]
  /** What is to be done; left out: a download. */
  readonly action?: EnforcedAction
}

const refusedBy = (
  code: string,
  message: string,
  { licence, decision }: { readonly licence: Licence; readonly decision: Decision },
): DoorRefusal => ({
  ...shut(403, code, message, explainDecision(licence, decision, 'en')),
  clauses: clausesOf(decision),
})

const NO_TERMS = shut(403, 'LICENCE_REFUSES', 'There are no terms for this download.')
const PARENT_REFUSES =
  'A dataset this was made from does not allow this use now. What its licence asks for is told there: ask for access to it, or ask for this one again.'
const REACCEPT = shut(
  403,
  'REACCEPT_NEEDED',
  'The community has adopted a new version of the licence, which asks for more. Accept the new terms on your grant’s page.',
)

const VOTE_NEEDED =
  'A newer version of the licence leaves this use to people, and the council has not voted on it under that version. Ask for a further term of this grant.'

/** What one custodian's licence says now, on the facts of now: as granted, then as it is today. */
const custodianRefuses = (
  { licence, newer }: CustodianTerms,
  grant: Grant,
  factsFor: FactsUnder,
  now: number,
): DoorRefusal | null => {
  const use = useOf(grant)
  const facts = factsFor(licence)
  if (decide(licence, facts, use, now) !== 'permit') {
    const decision = evaluate(licence, facts, use, now)
    const message = 'The licence does not allow this download now.'
    return refusedBy('LICENCE_REFUSES', message, { licence, decision })
  }
  if (newer === null) return null
  const change = narrowingFor(newer.licence, grant, factsFor(newer.licence), now)
  if (change.kind === 'none') return null
  if (change.kind === 'reaccept') return REACCEPT
  const message = onlyPeopleCanSettle(change.decision)
    ? VOTE_NEEDED
    : 'The licence has been narrowed since and no longer allows this use.'
  return refusedBy('LICENCE_NARROWED', message, {
    licence: newer.licence,
    decision: change.decision,
  })
}

/** The same for what it was made from: nobody takes on new terms there by the grant held here. */
const originRefuses = (
  whose: CustodianTerms,
  grant: Grant,
  factsFor: FactsUnder,
  now: number,
): DoorRefusal | null => {
  const use = useOf(grant)
  const refusing = licencesBy(whose).find(
    (one) => decide(one, factsFor(one), use, now) !== 'permit',
  )
  if (!refusing) return null
  const decision = evaluate(refusing, factsFor(refusing), use, now)
  return refusedBy('PARENT_REFUSES', PARENT_REFUSES, { licence: refusing, decision })
}

/** One part of the terms: all its custodians must permit, or one is enough. */
const boundRefuses = async (
  deps: ConsiderDeps,
  { grant, held }: Claim,
  { own, rule, custodians }: BoundTerms,
  now: number,
): Promise<DoorRefusal | null> => {
  const refuses = own ? custodianRefuses : originRefuses
  let first: DoorRefusal | null = null
  for (const whose of custodians) {
    const facts = await factsHeld(deps, { grant, whose, held, now })
    const refused = refuses(whose, grant, facts, now)
    if (rule === 'any' && !refused) return null
    if (rule === 'all' && refused) return refused
    first ??= refused
  }
  return custodians.length > 0 ? first : NO_TERMS
}

/** What the terms say now of what the grant allows; what it was made from may be closed besides. */
const licensed = async (
  deps: ConsiderDeps,
  claim: Claim,
  now: number,
): Promise<DoorRefusal | null> => {
  const terms = await deps.termsOf(claim.grant)
  for (const bound of terms) {
    const shutThere = bound.own ? null : closed(bound.dataset, now, claim.action)
    if (shutThere) return { ...shutThere, ...PARENT_CLOSED }
    const refused = await boundRefuses(deps, claim, bound, now)
    if (refused) return refused
  }
  return terms.length > 0 ? null : NO_TERMS
}

const OVERDUE = shut(
  403,
  'DUTY_OVERDUE',
  'A duty of this grant is overdue. Hand in what it asks for on your grant’s page.',
)

/** A promise that was broken closes all that one holds of the community, whatever the licence says. */
const broken = (grant: Grant, held: readonly Grant[], now: number): boolean =>
  held.some(
    (one) =>
      one.account === grant.account && shareCommunity(one, grant) && breachedDuties(one, now) > 0,
  )

/** What was promised with a grant is still owed once another has taken its place. */
const isLate = (grant: Grant, held: readonly Grant[], now: number): boolean =>
  // A copy of what is gone concerns the community whichever grant it came by.
  held.some(
    (one) =>
      one.account === grant.account && shareCommunity(one, grant) && lateDeletions(one, now) > 0,
  ) ||
  [grant, ...held.filter((one) => one.renewedBy !== null && one.account === grant.account)].some(
    (one) => shareCommunity(one, grant) && lateDuties(one, now) > 0,
  )

/** Everything that may have changed since the grant was issued, in the order it is told. */
export const refusalNow = async (deps: ConsiderDeps, claim: Claim): Promise<DoorRefusal | null> => {
  const now = deps.log.now()
  const { grant, dataset, action } = claim
  const shutAlready = standing(grant, now, action) ?? closed(dataset, now, action)
  if (shutAlready) return shutAlready
  const held =
    claim.held ?? (grant.account ? await deps.store.grantsUsedBy(grant.account) : [grant])
  if (broken(grant, held, now)) return BREACHED
  const refused = await licensed(deps, { ...claim, held }, now)
  return refused ?? (isLate(grant, held, now) ? OVERDUE : null)
}

/** The same for one person: its holder, or somebody of its team, who is judged besides. */
export const refusalTo = async (
  deps: ConsiderDeps,
  account: string | null,
  claim: Claim,
): Promise<DoorRefusal | null> => {
  const { grant } = claim
  if (grant.account === account) return refusalNow(deps, claim)
  const place = account === null ? null : placeOf(grant, account)
  if (!place) return NO_GRANT
  if (place.accepted?.licence !== termsInForce(grant)) return NEW_TERMS
  const { held: _, ...own } = claim
  const refused = await refusalNow(deps, own)
  return refused ?? refusalNow(deps, { ...claim, grant: asMember(grant, place) })
}

/** The first of the grants a person may use that is good, or why the newest one is not. */
const chooseGrant = async (
  deps: ConsiderDeps,
  { dataset, version }: { dataset: Dataset; version: Version },
  { account, held }: { readonly account: string; readonly held: readonly Grant[] },
): Promise<Grant | DoorRefusal> => {
  let newest: DoorRefusal | null = null
  for (const grant of held) {
    if (grant.dataset !== dataset.id || grant.version !== version.version) continue
    const refused = await refusalTo(deps, account, { dataset, grant, held })
    if (!refused) return grant
    newest ??= refused
  }
  return newest ?? NO_GRANT
}

/** A token opens what it was made for, and no more. */
export const mayEnter = (actor: Actor): DoorRefusal | null =>
  actor.scopes === null || actor.scopes.includes('download')
    ? null
    : shut(403, 'SCOPE_MISSING', 'This token lacks the scope “download”.')

export interface Admission {
  readonly ok: true
  readonly dataset: Dataset
  readonly version: Version
  readonly grant: Grant
  /** Id in its team of the one who comes; null: its holder. */
  readonly member: string | null
  /** Of the manifest that was granted. */
  readonly files: FileList
  /** Digests of what nobody vouches for any more. */
  readonly withdrawn: ReadonlySet<string>
}

/** What everybody could see and a vote took down is told from what never was. */
const absence = async ({ datasets }: PassDeps, id: string): Promise<DoorRefusal> => {
  const dataset = await datasets.dataset(id)
  return dataset && isTombstone(dataset) ? TAKEN_DOWN : ABSENT
}

/** May this person have files of this version now? */
export const admit = async (
  deps: PassDeps,
  actor: Actor | null,
  { dataset: id, version: number }: Omit<FileRequest, 'path'>,
): Promise<Admission | DoorRefusal> => {
  const [found, held] = await Promise.all([
    findVersion(deps, actor, id, number),
    actor ? deps.store.grantsUsedBy(actor.account.id) : [],
  ])
  if (!found) return absence(deps, id)
  if (!actor) {
    return shut(401, 'SIGN_IN', 'Sign in, or send a personal token with the scope download.')
  }
  const outside = mayEnter(actor)
  if (outside) return outside
  const [grant, withdrawn] = await Promise.all([
    chooseGrant(deps, found, { account: actor.account.id, held }),
    deps.datasets.withdrawnFrom(found.version),
  ])
  if (isRefusal(grant)) return grant
  return {
    ok: true,
    ...found,
    grant,
    member: placeOf(grant, actor.account.id)?.id ?? null,
    withdrawn,
    files: await deps.manifestOf(grant.manifestDigest),
  }
}

/** Whether whoever is let in to a version may have this file of it, and which bytes it is for them. */
export const passFor = async (
  { ownCopy }: Pick<PassDeps, 'ownCopy'>,
  admission: Admission | DoorRefusal,
  { path }: Pick<FileRequest, 'path'>,
): Promise<Pass | DoorRefusal> => {
  if (!admission.ok) return admission
  const { dataset, version, grant, member, files, withdrawn } = admission
  const file = files.get(path)
  // What is held back is answered like what is not there.
  if (!file || isHeldBack(dataset, file)) return NO_FILE
  if (withdrawn.has(file.sha256)) return WITHDRAWN
  const own = await ownCopy(grant, dataset, file)
  return own ? { ok: true, dataset, version, grant, member, file: own } : NO_COPY
}

/** The one door: may this person have this file now? */
export const pass = async (
  deps: PassDeps,
  actor: Actor | null,
  asked: FileRequest,
): Promise<Pass | DoorRefusal> => passFor(deps, await admit(deps, actor, asked), asked)
