import { describe, expect, it } from 'vitest'
import { exceeds } from '../../../api/src/grants/exceeds.ts'
import type { Grant } from '../../../api/src/grants/grants.ts'
import { settledAt, settledBy, settledOver } from '../../../api/src/grants/settled.ts'
import type { Settlement } from '../../../api/src/grants/settlement.ts'
import type { CustodianTerms } from '../../../api/src/grants/terms.ts'
import type { Facts, Use } from '../../../policies/index.ts'
import { licenceOf, PARTS, templateDocument } from '../../policies/licence-support.ts'

const clause = (name: string, actorKind?: string) => ({
  uid: `${PARTS.licence}#${name}`,
  target: PARTS.target,
  action: 'use',
  'sov:statement': { '@value': 'Ask us.', '@language': 'en' },
  ...(actorKind === undefined
    ? {}
    : {
        constraint: [
          {
            uid: `${PARTS.licence}#${name}-who`,
            leftOperand: 'sov:actorKind',
            operator: 'eq',
            rightOperand: { '@id': `sov:${actorKind}` },
          },
        ],
      }),
})

const licence = licenceOf({
  ...templateDocument('open'),
  'sov:humanOnly': [clause('elders'), clause('companies', 'commercial')],
})
const whose: CustodianTerms = {
  ...{ dataset: 'd_1', community: 'c_1', digest: 'sha256-1' },
  ...{ licence, newer: { digest: 'sha256-2', licence } },
}
const use: Use = { actions: ['download'], purposes: ['learning'] }
const scholar: Facts = { actorKind: 'academic' }
const settled: Settlement = {
  ...{ community: 'c_1', licence: 'sha256-1', vote: 'p_1' },
  clauses: [`${PARTS.licence}#elders`],
}

describe('what was settled', () => {
  const count = (changes: Partial<Settlement>, facts: Facts = scholar) =>
    settledAt(whose, [{ ...settled, ...changes }], { facts, use }).length

  it('counts for the version of the licence of the community that voted, and for nothing else', () => {
    expect(count({})).toBe(1)
    expect(count({ licence: 'sha256-3' })).toBe(0)
    expect(count({ community: 'c_2' })).toBe(0)
    expect(settledAt(whose, [], { facts: scholar, use })).toEqual([])
    const both = [settled, { ...settled, licence: 'sha256-2' }]
    expect(settledAt(whose, both, { facts: scholar, use })).toHaveLength(2)
  })

  it('does not count once a clause bears on the use that was not before the council', () => {
    expect(count({}, { actorKind: 'commercial' })).toBe(0)
    expect(count({}, {})).toBe(0)
    const clauses = [`${PARTS.licence}#elders`, `${PARTS.licence}#companies`]
    expect(count({ clauses }, { actorKind: 'commercial' })).toBe(1)
    expect(count({ clauses: [] })).toBe(0)
  })

  it('rests on a vote: neither a standing decision nor a licence settles anything', () => {
    expect(settledBy({ basis: 'vote', settled: [settled] })).toEqual([settled])
    expect(settledBy({ basis: 'vote' })).toEqual([])
    for (const basis of ['delegation', 'licence'] as const)
      expect(settledBy({ basis, settled: [settled] })).toEqual([])
  })

  it('counts over an origin only by a grant that is good there, for as much as it covers', () => {
    const grant = {
      ...{ dataset: 'd_0', account: 'a_1', basis: 'vote', settled: [settled] },
      ...{ revokedAt: null, expiresAt: 10 },
      ...{ actions: ['download'], purposes: ['learning'] },
    } as unknown as Grant
    const over = (changes: object, now = 9) =>
      settledOver([{ ...grant, ...changes }], { dataset: 'd_0', use, by: ['a_1', null] }, now)
    expect(over({})).toEqual([settled])
    expect(over({}, 10)).toEqual([])
    for (const changes of [
      { dataset: 'd_1' },
      { basis: 'delegation' },
      { revokedAt: 1 },
      { account: 'a_2' },
      { account: null },
      { actions: ['preview'] },
      { purposes: ['journalism'] },
    ])
      expect(over(changes)).toEqual([])
  })

  it('is not in a grant beyond what was voted on', () => {
    const scope = {
      ...{ dataset: 'd_1', version: '1', manifestDigest: 'm', licence: 'l', places: 0 },
      ...{ purposes: [], actions: [] },
    }
    const beyond = (...settles: readonly Settlement[]) =>
      exceeds({ ...scope, expiresAt: 1, settled: [settled] }, { ...scope, expiresBy: 1, settles })
    expect(beyond(settled)).toEqual([])
    expect(beyond({ ...settled, clauses: [...settled.clauses, 'more'] })).toEqual([])
    expect(beyond()).toEqual(['settled'])
    expect(beyond({ ...settled, clauses: ['other'] })).toEqual(['settled'])
    expect(beyond({ ...settled, community: 'c_2' })).toEqual(['settled'])
    expect(beyond({ ...settled, licence: 'sha256-2' })).toEqual(['settled'])
  })
})
