import { z } from 'zod'
import { type Duty, onlyPeopleCanSettle } from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import type { Licences } from '../licences/licences.ts'
import type { Log } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { DAY, dueAt, type FactsDeps } from './facts.ts'
import type { Grant, GrantedDuty, GrantResult } from './grants.ts'
import { factsHeld, narrowingFor } from './held-terms.ts'
import type { ReadLicence } from './read-licence.ts'
import { isOver } from './team.ts'
import type { CustodianTerms, ReadTerms } from './terms.ts'

export interface AcceptDeps extends FactsDeps {
  readonly log: Log
  readonly licences: Pick<Licences, 'newerThan'>
  readonly licenceOf: ReadLicence
  readonly termsOf: ReadTerms
}

const acceptance = z.object({
  grant: z.string().max(64),
  /** The version that was read: another may have been adopted since. */
  licence: z.string().max(128),
})

/** The duties after new terms: what is new counts from now, and no date moves back. */
export const takeOn = (
  grant: Pick<Grant, 'duties' | 'firstUseAt'>,
  wanted: readonly Duty[],
  now: number,
): readonly GrantedDuty[] => {
  const taken = wanted.map(({ kind, clause, withinDays }): GrantedDuty => {
    const before = grant.duties.find((held) => held.kind === kind)
    const due = before ? dueAt(grant, before) : null
    const days = withinDays ?? null
    if (grant.firstUseAt === null || days === null) return { kind, clause, withinDays: days }
    const since = due === null ? now : Math.min(now, due - days * DAY)
    return { kind, clause, withinDays: days, since }
  })
  const replaced = new Set(taken.map(({ kind }) => kind))
  return [...grant.duties.filter(({ kind }) => !replaced.has(kind)), ...taken]
}

/** What one custodian's newer licence asks of a grant that goes on under it. */
const changeBy = async (deps: AcceptDeps, grant: Grant, whose: CustodianTerms) => {
  const record = whose.newer && (await deps.licences.newerThan(whose.digest))
  if (!record) return null
  const now = deps.log.now()
  const { licence } = whose.newer
  const facts = await factsHeld(deps, { grant, whose, now })
  return { record, change: narrowingFor(licence, grant, facts(licence), now) }
}

/** What newer versions of its licences ask of a grant: the first change of any custodian, or null. */
export const changeOf = async (deps: AcceptDeps, grant: Grant) => {
  const [own] = await deps.termsOf(grant)
  const changes = await Promise.all(
    (own?.custodians ?? []).map((whose) => changeBy(deps, grant, whose)),
  )
  const found = changes.filter((one) => one !== null)
  return found.find(({ change }) => change.kind !== 'none') ?? found[0] ?? null
}

/** The holder takes on what a newer version of the licence asks: the grant goes on under it. */
export const acceptLicence = async (
  deps: AcceptDeps,
  actor: Actor,
  input: unknown,
): Promise<GrantResult> => {
  const read = parse(acceptance, input)
  if (!read.ok) return read
  const { grant: id, licence } = read.value
  const grant = await deps.store.grant(id)
  if (!grant || grant.account !== actor.account.id) return notFound('grant')
  const now = deps.log.now()
  if (isOver(grant, now)) return refuse('GRANT_OVER', 'This grant is over. Ask for access again.')
  const found = await changeOf(deps, grant)
  if (!found || found.change.kind === 'none') {
    return refuse('NOTHING_TO_ACCEPT', 'This grant goes on as it is; nothing has to be accepted.')
  }
  const { record, change } = found
  if (record.digest !== licence) {
    const message = 'The licence has changed again. Read its newest version before you accept it.'
    return refuse('TERMS_CHANGED', message, { field: 'licence' })
  }
  if (change.kind === 'closed') {
    const why = onlyPeopleCanSettle(change.decision)
      ? 'the new terms leave this use to people. Ask for a further term, so that the council votes on it.'
      : 'the new terms do not allow this use.'
    return refuse('LICENCE_NARROWED', `Accepting is not enough: ${why}`)
  }
  await deps.log.append({
    stream: `grant/${id}`,
    type: 'licence.accepted',
    cmd: `accept:${id}:${licence}:${grant.accepted?.entry ?? 0}`,
    data: {
      grant: id,
      dataset: grant.dataset,
      licence,
      version: record.version,
      duties: JSON.parse(JSON.stringify(takeOn(grant, change.duties, now))),
    },
  })
  const again = await deps.store.grant(id)
  return again ? { ok: true, grant: again } : notFound('grant')
}
