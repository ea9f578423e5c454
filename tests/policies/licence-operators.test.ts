import { describe, expect, it } from 'vitest'
import { decide, evaluate, type Facts, type Licence } from '../../policies/index.ts'
import { licenceOf, NOW, templateDocument } from './licence-support.ts'

type Node = Readonly<Record<string, unknown>>

/** A licence that permits everything to whom `constraint` holds of. */
const onlyIf = (constraint: Node): Licence => {
  const document = templateDocument('open')
  const [rule] = document.permission as Node[]
  const { 'sov:claims': _, ...rest } = document
  return licenceOf({
    ...rest,
    permission: [{ ...rule, uid: 'urn:x:p', action: ['use'], constraint: [constraint] }],
  })
}

const integer = (value: number) => ({ '@value': String(value), '@type': 'xsd:integer' })
const overdue = (operator: string, rightOperand: unknown): Node => ({
  uid: 'urn:x:test',
  leftOperand: 'sov:overdueDuties',
  operator,
  rightOperand,
})
const term = (uid: string, leftOperand: string, name: string): Node => ({
  uid,
  leftOperand,
  operator: 'eq',
  rightOperand: { '@id': `sov:${name}` },
})

const permits = (licence: Licence, facts: Facts): boolean =>
  decide(licence, facts, { actions: ['download'], purposes: ['learning'] }, NOW) === 'permit'

describe('operators on a count of 0, 1, 2 and 3', () => {
  it.each([
    ['eq', integer(2), [2]],
    ['neq', integer(2), [0, 1, 3]],
    ['lt', integer(2), [0, 1]],
    ['lteq', integer(2), [0, 1, 2]],
    ['gt', integer(1), [2, 3]],
    ['gteq', integer(1), [1, 2, 3]],
    ['isAnyOf', [integer(1), integer(3)], [1, 3]],
    ['isNoneOf', [integer(1), integer(3)], [0, 2]],
  ] as const)('%s: holds exactly where it says', (operator, right, counts) => {
    const licence = onlyIf(overdue(operator, right))
    const holding = [0, 1, 2, 3].filter((overdueDuties) => permits(licence, { overdueDuties }))
    expect(holding).toEqual(counts)
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'take %d for no count at all, which nobody knows',
    (overdueDuties) => {
      const licence = onlyIf(overdue('lteq', integer(1000)))
      const use = { actions: ['download'], purposes: ['learning'] } as const
      expect(decide(licence, { overdueDuties }, use, NOW)).toBe('refer')
    },
  )
})

describe('groups', () => {
  const parts = [
    term('urn:x:a', 'sov:membership', 'member'),
    term('urn:x:b', 'sov:ethicsApproval', 'yes'),
  ]
  const member: Facts = { membership: 'member', ethicsApproval: 'no' }
  const approved: Facts = { ethicsApproval: 'yes' }
  const both: Facts = { membership: 'member', ethicsApproval: 'yes' }

  it('ask for every part with `and`', () => {
    const licence = onlyIf({ uid: 'urn:x:g', and: parts })
    expect([member, approved, both, {}].map((facts) => permits(licence, facts))).toEqual([
      false,
      false,
      true,
      false,
    ])
  })

  it('ask for one part with `or`', () => {
    const licence = onlyIf({ uid: 'urn:x:g', or: parts })
    expect([member, approved, both, {}].map((facts) => permits(licence, facts))).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})

describe('a use without an action', () => {
  it('is refused with the way out, by both', () => {
    const licence = onlyIf(overdue('lteq', integer(1)))
    const nothing = { actions: [], purposes: [] }
    for (const judge of [decide, evaluate])
      expect(() => judge(licence, {}, nothing, NOW)).toThrow(/at least one action.*parseUse/)
  })

  it('changes at no instant where no date is asked about', () => {
    const licence = onlyIf(overdue('lteq', integer(1)))
    const use = { actions: ['download'], purposes: ['learning'] } as const
    const decision = evaluate(licence, {}, use, NOW)
    expect(decision).toMatchObject({ decision: 'permit', nextChangeAt: null, mightBar: [] })
  })
})
