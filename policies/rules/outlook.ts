import type { Decision, Term } from './decision.ts'

/**
 * A decision as the one who asks meets it: `permit`; `council`: nothing but a vote is left; `facts`: more has to be known of them; `notYet`: they can mend it or wait for
 * it; `deny`: nothing would change it.
 */
export type Outlook = 'permit' | 'council' | 'facts' | 'notYet' | 'deny'

/** What a decision means for the one who asks. */
export function outlookOf({ decision, ways, needs }: Decision): Outlook {
  if (decision === 'permit') return 'permit'
  if (ways.length === 0) return 'deny'
  // A purpose or a country that is on no list is settled by no vote on one request.
  if (ways.every((way) => way.some(isPlacedNowhere))) return 'notYet'
  if (needs.council) return 'council'
  const own = ways.filter((way) => way.every(({ resolver }) => resolver !== 'council'))
  const untold = own.every((way) =>
    way.some(({ fact, state }) => isTold(fact) && state === 'unknown'),
  )
  return untold ? 'facts' : 'notYet'
}

/** Whether a term is none that a vote of the council answers, and none that anybody can declare. */
const isPlacedNowhere = ({ fact, resolver }: Term): boolean =>
  resolver === 'council' && (fact === 'purpose' || fact === 'territory')

/** Whether a fact is one that people tell about themselves. */
const isTold = (fact: string): boolean =>
  ['purpose', 'actorKind', 'commercialTie', 'territory', 'control', 'ethicsApproval'].includes(fact)
