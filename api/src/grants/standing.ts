import { type AcceptDeps, changeOf } from './accept-licence.ts'
import type { ConsiderDeps } from './consider.ts'
import { refusalNow } from './door.ts'
import type { DoorRefusal, Grant, GrantState, Standing } from './grants.ts'

/** Why the door stays shut, as the state of the grant. What is not here does not end with the grant. */
const STATES: Readonly<Record<string, GrantState>> = {
  GRANT_REVOKED: 'revoked',
  GRANT_RENEWED: 'renewed',
  GRANT_EXPIRED: 'expired',
  SUSPENDED: 'suspended',
  PARENT_CLOSED: 'suspended',
  DUTY_BREACHED: 'suspended',
  REACCEPT_NEEDED: 'reacceptNeeded',
  LICENCE_NARROWED: 'narrowed',
  PARENT_REFUSES: 'narrowed',
}

const ACTIVE: Standing = { state: 'active', reason: null, newTerms: null }

const inWords = ({ message, reasons = [] }: DoorRefusal): string =>
  [message, ...reasons.map(({ text }) => text)].join(' ')

/** Where a grant stands: what the door answers, computed each time and stored nowhere. */
export const standingOf = async (
  deps: AcceptDeps & ConsiderDeps,
  grant: Grant,
): Promise<Standing> => {
  const dataset = await deps.datasets.dataset(grant.dataset)
  const refused = dataset && (await refusalNow(deps, { dataset, grant }))
  const state = refused ? STATES[refused.code] : undefined
  if (!refused || state === undefined) return ACTIVE
  const found = state === 'reacceptNeeded' ? await changeOf(deps, grant) : null
  const newTerms =
    found?.change.kind === 'reaccept'
      ? { licence: found.record, duties: found.change.duties }
      : null
  return { state, reason: inWords(refused), newTerms }
}
