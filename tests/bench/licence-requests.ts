import {
  type Action,
  decide,
  type Facts,
  type Licence,
  type Purpose,
  type Use,
} from '../../policies/index.ts'
import { NOW } from '../policies/licence-support.ts'
import { plainDecide } from '../policies/plain-evaluator.ts'
import { dice } from '../support/dice.ts'

/** What every engine is asked: one person, one action, one purpose, now. */
export interface Asked {
  readonly facts: Facts
  readonly action: Action
  readonly purpose: Purpose | undefined
  /** The action and the purpose as our kernel takes them. */
  readonly use: Use
  /** Whether the request, or with facts missing every completion of it, is permitted. */
  readonly permitted: boolean
}

export const ASKED_AT = NOW

const DOMAINS = {
  actorKind: ['academic', 'academic', 'individual', 'nonprofit', 'academic', 'commercial'],
  commercialTie: ['no', 'no', 'no', 'no', 'no', 'yes'],
  country: ['GH', 'GH', 'TG', 'DE'],
  councilApproval: ['approved', 'approved', 'approved', 'rejected'],
} as const
type Open = keyof typeof DOMAINS
const OPEN: readonly Open[] = ['actorKind', 'commercialTie', 'country', 'councilApproval']
const PURPOSES: readonly Purpose[] = [
  ...(['learning', 'linguisticResearch', 'revitalisation', 'preservation'] as const),
  ...(['linguisticResearch', 'communityUse', 'learning', 'commercialProduct'] as const),
]
const ACTIONS: readonly Action[] = [
  'download',
  'download',
  'download',
  'train',
  'derive',
  'preview',
  'redistribute',
]
const DUTIES = ['attribute', 'reportBack', 'shareBack'] as const

/** As it comes over the wire: objects of one form share one hidden class, spread ones do not. */
export const asSent = <T>(given: T): T => JSON.parse(JSON.stringify(given))

/** Requests that are drawn once and are the same every time. */
const drawn = (count: number) => {
  const { pick, chance } = dice(7)
  return Array.from({ length: count }, () => {
    const closed: Facts = {
      identityAssurance: pick([0, 1, 2, 2, 2, 2, 2, 3] as const),
      overdueDuties: pick([0, 0, 0, 0, 0, 0, 0, 2]),
      acceptedDuties: chance(8) ? DUTIES.filter(() => chance(2)) : DUTIES,
      membership: chance(2) ? 'member' : undefined,
      councilRefused: chance(20) ? 'yes' : undefined,
    }
    const open = Object.fromEntries(OPEN.map((key) => [key, pick<string>(DOMAINS[key])]))
    return {
      facts: asSent({ ...open, ...closed }),
      action: pick(ACTIONS),
      purpose: pick(PURPOSES),
      missing: [...OPEN, 'purpose' as const].filter(() => chance(10)),
    }
  })
}

type Document = Readonly<Record<string, unknown>>

const judge = (document: Document, facts: Facts, action: Action, purpose: Purpose): boolean =>
  plainDecide(document, facts, { actions: [action], purposes: [purpose] }, ASKED_AT) === 'permit'

const completions = (facts: Facts, missing: readonly string[]): readonly Facts[] =>
  OPEN.filter((key) => missing.includes(key)).reduce<readonly Facts[]>(
    (all, key) =>
      all.flatMap((one) =>
        [...new Set<string>(DOMAINS[key])].map((value) => ({ ...one, [key]: value })),
      ),
    [facts],
  )

const without = (facts: Facts, missing: readonly string[]): Facts =>
  asSent(Object.fromEntries(Object.entries(facts).filter(([key]) => !missing.includes(key))))

/** Requests with every fact, judged by an evaluator that reads the document anew. */
export const completeRequests = (document: Document, count: number): readonly Asked[] =>
  drawn(count).map(({ facts, action, purpose }) => ({
    facts,
    action,
    purpose,
    use: { actions: [action], purposes: [purpose] },
    permitted: judge(document, facts, action, purpose),
  }))

/** The same with a tenth of what nobody but the asker knows left out. */
export const partialRequests = (document: Document, count: number): readonly Asked[] =>
  drawn(count).map(({ facts, action, purpose, missing }) => {
    const purposes = missing.includes('purpose') ? [...new Set(PURPOSES)] : [purpose]
    return {
      facts: without(facts, missing),
      action,
      purpose: missing.includes('purpose') ? undefined : purpose,
      use: { actions: [action], purposes: missing.includes('purpose') ? [] : [purpose] },
      permitted: completions(facts, missing).every((complete) =>
        purposes.every((one) => judge(document, complete, action, one)),
      ),
    }
  })

/** The answer of our own kernel, in the form the others are asked in. */
export const ours = (licence: Licence, { facts, use }: Asked): boolean =>
  decide(licence, facts, use, ASKED_AT) === 'permit'
