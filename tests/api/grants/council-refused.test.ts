import { describe, expect, it } from 'vitest'
import { isUnanswered } from '../../../api/src/governance/is-unanswered.ts'
import { type Asking, isCouncilRefused } from '../../../api/src/grants/council-refused.ts'
import type { AccessRequest } from '../../../api/src/grants/grants.ts'

type Deps = Parameters<typeof isCouncilRefused>[0]
type Outcome = Parameters<typeof isUnanswered>[0]

const CLOSED = 1_000_000
const RETRY = 30_000

const request = (changes: Partial<AccessRequest> = {}): AccessRequest => ({
  id: 'r_1',
  dataset: 'd_1',
  version: '1.0.0',
  purposes: ['learning'],
  actions: ['download'],
  duties: [],
  decision: 'refer',
  clauses: [],
  proposal: 'p_1',
  councils: [],
  rule: 'all',
  asked: [{ community: 'c_1', proposal: 'p_1' }],
  standing: null,
  grant: null,
  submittedAt: 1,
  submissions: [],
  stands: { at: 1, entry: 1 },
  pending: false,
  withdrawn: false,
  refused: false,
  account: 'a_1',
  facts: {},
  project: '',
  team: [],
  renews: null,
  days: 1,
  entry: 1,
  ...changes,
})

const rejected = { phase: 'rejected', tally: { yes: 0, no: 3, abstain: 0 } }

/** One person with these requests, every vote of which came out so. */
const deps = (requests: readonly AccessRequest[], outcome: object | null = rejected): Deps => {
  const proposal = { frozen: { times: { retryAfter: RETRY } } }
  const view = outcome && { closesAt: CLOSED, ...outcome }
  return {
    store: { requestsOf: async (account: string) => (account === 'a_1' ? requests : []) },
    governance: { proposal: async () => proposal, view: () => view },
  } as unknown as Deps
}

const asking: Asking = { dataset: 'd_1', community: 'c_1', purposes: ['learning'] }
const refused = (from: Deps, what = asking, now = CLOSED + 1, account = 'a_1') =>
  isCouncilRefused(from, account, what, now)

describe('a person whom the council has refused', () => {
  it('is refused for the same dataset and purposes', async () => {
    expect(await refused(deps([request()]))).toBe(true)
  })

  it('is refused for more purposes, not for other or fewer ones', async () => {
    const both = deps([request({ purposes: ['learning', 'evaluation'] })])
    const with_ = (...purposes: string[]) => ({ ...asking, purposes })
    expect(await refused(deps([request()]), with_('evaluation', 'learning'))).toBe(true)
    expect(await refused(deps([request()]), with_('evaluation'))).toBe(false)
    expect(await refused(both, with_('learning'))).toBe(false)
    expect(await refused(both, with_('evaluation', 'preservation', 'learning'))).toBe(true)
  })

  it('is refused after withdrawing what was refused', async () => {
    expect(await refused(deps([request({ withdrawn: true })]))).toBe(true)
  })

  it('is not refused for another dataset, and nobody else is', async () => {
    expect(await refused(deps([request()]), { ...asking, dataset: 'd_2' })).toBe(false)
    expect(await refused(deps([request()]), asking, CLOSED + 1, 'a_2')).toBe(false)
  })

  it('is refused until the charter lets the matter be asked again', async () => {
    expect(await refused(deps([request()]), asking, CLOSED + RETRY - 1)).toBe(true)
    expect(await refused(deps([request()]), asking, CLOSED + RETRY)).toBe(false)
  })

  it('is not refused once the same has been granted since', async () => {
    const later = request({ id: 'r_2', grant: 'g_1', submittedAt: 2 })
    const wider = request({ ...later, purposes: ['evaluation', 'learning'] })
    const other = request({ ...later, purposes: ['evaluation'] })
    const earlier = request({ ...later, submittedAt: 0 })
    expect(await refused(deps([later, request()]))).toBe(false)
    expect(await refused(deps([wider, request()]))).toBe(false)
    expect(await refused(deps([other, request()]))).toBe(true)
    expect(await refused(deps([request(), earlier]))).toBe(true)
  })

  const outcomes: readonly (readonly [string, object | null, boolean])[] = [
    ['a veto in force', { phase: 'vetoed', tally: { yes: 3, no: 0, abstain: 0 } }, true],
    ['one abstention', { phase: 'rejected', tally: { yes: 0, no: 0, abstain: 1 } }, true],
    ['silence', { phase: 'rejected', tally: { yes: 0, no: 0, abstain: 0 } }, false],
    ['too few deciders', { phase: 'inquorate', tally: { yes: 1, no: 1, abstain: 0 } }, false],
    ['a decision that lapsed', { phase: 'expired', tally: { yes: 3, no: 0, abstain: 0 } }, false],
    ['an annulled vote', { phase: 'annulled', tally: { yes: 0, no: 3, abstain: 0 } }, false],
    ['a running vote', { phase: 'open', tally: { yes: 0, no: 3, abstain: 0 } }, false],
    ['a vote not opened', null, false],
  ]
  for (const [what, outcome, expected] of outcomes) {
    it(`is ${expected ? '' : 'not '}refused by ${what}`, async () => {
      expect(await refused(deps([request()], outcome))).toBe(expected)
    })
  }

  it('is told apart from one whom nobody answered', () => {
    const tally = { yes: 0, no: 0, abstain: 0 }
    expect(isUnanswered({ phase: 'rejected', tally } as Outcome)).toBe(true)
    expect(isUnanswered({ phase: 'rejected', tally: { ...tally, yes: 1 } } as Outcome)).toBe(false)
    expect(isUnanswered({ phase: 'open', tally } as Outcome)).toBe(false)
  })
})
