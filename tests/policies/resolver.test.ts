import { describe, expect, it } from 'vitest'
import type { Facts } from '../../policies/index.ts'
import type { FactName } from '../../policies/rules/facts.ts'
import type { Operator, Value } from '../../policies/rules/licence.ts'
import { earliest, nextTurn, turnOf, type Wish } from '../../policies/rules/moment.ts'
import { reachable, resolverOf, suits, termOf } from '../../policies/rules/resolver.ts'
import { type Inputs, intern, type TestTable } from '../../policies/rules/test-table.ts'
import { witness } from '../../policies/rules/witness.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 4, 10)
const HERE: Inputs = { facts: {}, purpose: undefined, now: NOW }
const table: TestTable = {
  tests: new Map(),
  lists: { home: ['GH'], region: ['TG'], economyTable: 'worldBankFY26' },
}
const test = (fact: FactName, operator: Operator, ...values: readonly Value[]) =>
  intern(table, { fact, operator, values })
const wish = (fact: FactName, operator: Operator, ...values: readonly Value[]): Wish => ({
  test: test(fact, operator, ...values),
  wanted: true,
})
const not = (one: Wish): Wish => ({ ...one, wanted: !one.wanted })
const given = (facts: Facts, rest: Partial<Inputs> = {}): Inputs => ({ ...HERE, facts, ...rest })
const sorted = (values: readonly Value[]) =>
  [...new Set(values)].sort((a, b) => Number(a) - Number(b))

describe('the values a fact can still take', () => {
  it('are all it may have, while it is not known', () => {
    expect(reachable([wish('actorKind', 'eq', 'academic')], HERE)).toContain('commercial')
    expect(reachable([wish('control', 'eq', 'region')], HERE)).toEqual(['region', 'elsewhere'])
    expect(reachable([], HERE)).toEqual([])
  })

  it.each<[string, Wish, Facts, readonly Value[]]>([
    [
      'what was declared',
      wish('actorKind', 'eq', 'academic'),
      { actorKind: 'commercial' },
      ['commercial'],
    ],
    [
      'what was declared of a company',
      wish('commercialTie', 'eq', 'no'),
      { commercialTie: 'yes' },
      ['yes'],
    ],
    ['no membership', wish('membership', 'eq', 'member'), {}, ['none']],
    [
      'the same identity or a better one',
      wish('identityAssurance', 'gteq', 3),
      { identityAssurance: 2 },
      [2, 3],
    ],
    ['any identity', wish('identityAssurance', 'gteq', 3), {}, [0, 1, 2, 3]],
    [
      'either answer of an ethics board',
      wish('ethicsApproval', 'eq', 'yes'),
      { ethicsApproval: 'no' },
      ['yes', 'no'],
    ],
    [
      'a benefit agreement or none',
      wish('benefitAgreement', 'eq', 'signed'),
      {},
      ['signed', 'none'],
    ],
    [
      'a signed agreement',
      wish('benefitAgreement', 'eq', 'signed'),
      { benefitAgreement: 'signed' },
      ['signed'],
    ],
    [
      'a new vote after one lapsed',
      wish('councilApproval', 'eq', 'approved'),
      { councilApproval: 'lapsed' },
      ['lapsed', 'approved'],
    ],
    [
      'a vote that said no',
      wish('councilApproval', 'eq', 'approved'),
      { councilApproval: 'rejected' },
      ['rejected'],
    ],
    [
      'a vote that said yes',
      wish('councilApproval', 'eq', 'approved'),
      { councilApproval: 'approved' },
      ['approved'],
    ],
  ])('are %s', (_, one, facts, values) => {
    expect(reachable([one], given(facts))).toEqual(values)
  })

  it('are the counts of overdue duties around which an answer turns, and none above what is', () => {
    const few = wish('overdueDuties', 'lt', 5)
    expect(sorted(reachable([few], given({ overdueDuties: -1 })))).toEqual([0, 4, 5, 6])
    expect(sorted(reachable([few], given({ overdueDuties: 5 })))).toEqual([0, 4, 5])
    expect(sorted(reachable([few], given({ overdueDuties: 3 })))).toEqual([0])
    expect(sorted(reachable([few], given({})))).toEqual([0])
  })

  it('stay within what a count can be', () => {
    const most = 1_000_000
    const unknown = given({ overdueDuties: -1 })
    const values = (count: number) =>
      sorted(reachable([wish('overdueDuties', 'eq', count)], unknown))
    expect(values(0)).toEqual([0, 1])
    expect(values(1)).toEqual([0, 1, 2])
    expect(values(most)).toEqual([0, most - 1, most, most + 1])
  })
})

describe('a value that suits a wish', () => {
  it('is accepted where the test is wanted, and refused where it is not', () => {
    const home = wish('control', 'eq', 'region')
    expect([suits(home, 'region'), suits(home, 'elsewhere')]).toEqual([true, false])
    expect([suits(not(home), 'region'), suits(not(home), 'elsewhere')]).toEqual([false, true])
  })
})

describe('who can bring a wish about', () => {
  it.each<[string, Wish, Inputs, string]>([
    ['a vote not held', wish('councilApproval', 'eq', 'approved'), HERE, 'council'],
    [
      'a vote that said no',
      wish('councilApproval', 'eq', 'approved'),
      given({ councilApproval: 'rejected' }),
      'none',
    ],
    ['a clause for people', not(wish('humanOnly', 'eq', 'a')), HERE, 'council'],
    ['a duty', wish('acceptedDuties', 'eq', 'attribute'), HERE, 'agreement'],
    ['a benefit agreement', wish('benefitAgreement', 'eq', 'signed'), HERE, 'agreement'],
    [
      'no benefit agreement once it is signed',
      not(wish('benefitAgreement', 'eq', 'signed')),
      given({ benefitAgreement: 'signed' }),
      'none',
    ],
    ['a date to come', wish('dateTime', 'gteq', NOW + DAY), HERE, 'time'],
    ['a date gone by', wish('dateTime', 'lt', NOW), HERE, 'none'],
    ['a month', wish('month', 'eq', 4), HERE, 'time'],
    ['a purpose not said', wish('purpose', 'eq', 'learning'), HERE, 'facts'],
    [
      'a purpose said',
      wish('purpose', 'eq', 'learning'),
      given({}, { purpose: 'profiling' }),
      'none',
    ],
    [
      'a purpose outside the list',
      wish('purpose', 'eq', 'learning'),
      given({}, { purpose: 'unlisted' }),
      'council',
    ],
    ['a country not said', wish('territory', 'eq', 'home'), HERE, 'facts'],
    ['a country that is none', wish('territory', 'eq', 'home'), given({ country: 'ZZ' }), 'facts'],
    // Venezuela is in no class of the table of that year.
    [
      'a country no list places',
      wish('territory', 'eq', 'other'),
      given({ country: 'VE' }),
      'council',
    ],
    ['a country elsewhere', wish('territory', 'eq', 'home'), given({ country: 'DE' }), 'none'],
    ['a company not declared', wish('commercialTie', 'eq', 'no'), HERE, 'facts'],
    [
      'a company declared',
      wish('commercialTie', 'eq', 'no'),
      given({ commercialTie: 'yes' }),
      'none',
    ],
    [
      'too many overdue duties',
      wish('overdueDuties', 'lt', 1),
      given({ overdueDuties: 4 }),
      'facts',
    ],
    [
      'more overdue duties than there are',
      wish('overdueDuties', 'gt', 4),
      given({ overdueDuties: 4 }),
      'none',
    ],
  ])('for %s', (_, one, inputs, resolver) => {
    expect(resolverOf(one, inputs)).toBe(resolver)
  })
})

describe('an unmet wish as a term', () => {
  it('says what is needed, what is there and whether it is known', () => {
    expect(
      termOf('c', wish('identityAssurance', 'gteq', 2), given({ identityAssurance: 1 })),
    ).toEqual({
      clause: 'c',
      fact: 'identityAssurance',
      needed: { operator: 'gteq', values: [2] },
      have: 1,
      state: 'failed',
      resolver: 'facts',
    })
    expect(termOf('c', wish('territory', 'eq', 'home'), HERE)).toMatchObject({
      have: undefined,
      state: 'unknown',
    })
  })

  it.each<[Operator, Operator]>([
    ['eq', 'neq'],
    ['lt', 'gteq'],
    ['gt', 'lteq'],
    ['isAnyOf', 'isNoneOf'],
  ])('turns %s and %s round where the test is not wanted', (one, other) => {
    const operator = (name: Operator) =>
      termOf('c', not(wish('identityAssurance', name, 2)), HERE).needed.operator
    expect([operator(one), operator(other)]).toEqual([other, one])
  })
})

describe('the instant a date test turns', () => {
  it.each<[Operator, number]>([
    ['lt', NOW],
    ['gteq', NOW],
    ['lteq', NOW + 1],
    ['gt', NOW + 1],
  ])('of %s', (operator, instant) => {
    expect(turnOf(test('dateTime', operator, NOW))).toBe(instant)
  })

  it('comes once, and never again', () => {
    const from = test('dateTime', 'gteq', NOW)
    expect(nextTurn(from, { ...HERE, now: NOW - 1 })).toBe(NOW)
    expect(nextTurn(from, { ...HERE, now: NOW })).toBeUndefined()
    expect(nextTurn(from, { ...HERE, now: NOW + 1 })).toBeUndefined()
  })

  it('of a month is the first of the next one that answers differently', () => {
    const april = test('month', 'eq', 4)
    expect(nextTurn(april, HERE)).toBe(Date.UTC(2027, 3, 1))
    expect(nextTurn(april, { ...HERE, now: Date.UTC(2027, 3, 9) })).toBe(Date.UTC(2027, 4, 1))
    expect(nextTurn(test('month', 'lteq', 12), HERE)).toBeUndefined()
  })
})

describe('the earliest instant', () => {
  const from = (instant: number) => wish('dateTime', 'gteq', instant)
  const until = (instant: number) => wish('dateTime', 'lt', instant)

  it('is now where all holds already', () => {
    expect(earliest([from(NOW), until(NOW + 1)], HERE)).toBe(NOW)
    expect(earliest([], HERE)).toBe(NOW)
  })

  it('is the last of several beginnings, in whatever order they come', () => {
    const [soon, late] = [NOW + DAY, NOW + 2 * DAY]
    expect(earliest([from(late), from(soon)], HERE)).toBe(late)
    expect(earliest([from(soon), from(late)], HERE)).toBe(late)
    // The end of one window does not hide the beginning of a later one.
    expect(earliest([not(until(late)), until(late + DAY), from(soon)], HERE)).toBe(late)
  })

  it('is never before now and never after an end', () => {
    expect(earliest([from(NOW - DAY)], HERE)).toBe(NOW)
    expect(earliest([until(NOW)], HERE)).toBeUndefined()
    expect(earliest([from(NOW + DAY), until(NOW + DAY)], HERE)).toBeUndefined()
  })

  it('finds a month within a year, and together with a date', () => {
    const april = wish('month', 'eq', 4)
    expect(earliest([april], HERE)).toBe(Date.UTC(2027, 3, 1))
    expect(earliest([wish('month', 'eq', 5)], HERE)).toBe(NOW)
    expect(earliest([april, from(Date.UTC(2027, 3, 9))], HERE)).toBe(Date.UTC(2027, 3, 9))
    expect(earliest([april, from(Date.UTC(2027, 5, 9))], HERE)).toBe(Date.UTC(2028, 3, 1))
    expect(earliest([april, until(Date.UTC(2027, 3, 1))], HERE)).toBeUndefined()
  })

  it('never comes for months that exclude each other', () => {
    expect(earliest([wish('month', 'eq', 4), wish('month', 'eq', 6)], HERE)).toBeUndefined()
  })
})

describe('inputs in which wishes have come true', () => {
  const COUNTRIES = new Map([
    ['home', 'GH'],
    ['region', 'TG'],
  ] as const)
  const found = (wishes: readonly Wish[], inputs = HERE) => witness(wishes, inputs, COUNTRIES)

  it('are those there are when nothing is wished', () => {
    const facts: Facts = { acceptedDuties: ['attribute'], country: 'DE' }
    expect(found([], given(facts))).toEqual(given(facts))
  })

  it('accept the duties wished for besides those accepted, and no others', () => {
    const duty = wish('acceptedDuties', 'eq', 'reportBack')
    const level = wish('identityAssurance', 'gteq', 2)
    expect(found([duty, level], given({ acceptedDuties: ['attribute'] }))?.facts).toEqual({
      acceptedDuties: ['attribute', 'reportBack'],
      identityAssurance: 2,
    })
  })

  it('have a country in a territory that has one', () => {
    expect(found([not(wish('territory', 'eq', 'home'))])?.facts).toMatchObject({
      territory: 'region',
      country: 'TG',
    })
    expect(found([wish('territory', 'eq', 'other')])).toBeUndefined()
  })

  it('have one value for all wishes about a fact, or there are none', () => {
    const middle = [wish('identityAssurance', 'gteq', 1), wish('identityAssurance', 'lt', 3)]
    expect(found([...middle, wish('identityAssurance', 'neq', 1)])?.facts.identityAssurance).toBe(2)
    expect(
      found([...middle, wish('identityAssurance', 'eq', 3), wish('control', 'eq', 'region')]),
    ).toBeUndefined()
  })

  it('are at the first instant at which the timed wishes hold, or there are none', () => {
    expect(found([wish('dateTime', 'gteq', NOW + DAY)])?.now).toBe(NOW + DAY)
    expect(found([wish('dateTime', 'lt', NOW)])).toBeUndefined()
  })

  it('count people as asked only where their answer is wished for, or is there', () => {
    const people = not(wish('humanOnly', 'eq', 'a'))
    const level = wish('identityAssurance', 'gteq', 1)
    const settled: Inputs = { ...HERE, facts: { settledByPeople: 'yes' } }
    expect(found([level, people])?.facts.settledByPeople).toBe('yes')
    expect(found([level])?.facts.settledByPeople).toBeUndefined()
    expect(found([level], settled)?.facts.settledByPeople).toBe('yes')
  })

  it('have the purpose wished for, or the one there is', () => {
    expect(found([wish('purpose', 'eq', 'learning')])?.purpose).toBe('learning')
    expect(found([], { ...HERE, purpose: 'profiling' })?.purpose).toBe('profiling')
  })
})
