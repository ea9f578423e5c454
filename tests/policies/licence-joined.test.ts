import { describe, expect, it } from 'vitest'
import {
  type Decision,
  type Duty,
  evaluate,
  licenceActions,
  meet,
  onlyPeopleCanSettle,
  type Term,
} from '../../policies/index.ts'
import { dutiesOf, mergeDuties } from '../../policies/rules/duties.ts'
import { soonest } from '../../policies/rules/meet.ts'
import {
  licenceOf,
  MEMBER,
  NOW,
  PARTS,
  RESEARCH,
  RESEARCHER,
  template,
  templateDocument,
} from './licence-support.ts'

const named = (name: Parameters<typeof template>[0], licence: string) =>
  template(name, { ...PARTS, licence: `urn:example:licence:${licence}` })
const guardianship = named('guardianship', 'one')
const research = named('research-only', 'two')
const company = { ...MEMBER, actorKind: 'commercial' } as const

describe('several decisions at once', () => {
  it('are a deny when there are none', () => {
    expect(meet([])).toEqual({
      decision: 'deny',
      bars: [],
      mightBar: [],
      unmet: [],
      ways: [],
      needs: { facts: [], agreement: [], council: false, time: null },
      duties: [],
      nextChangeAt: null,
    })
  })

  it('keep the bars and the unmet terms of each', () => {
    const each = [guardianship, research].map((one) => evaluate(one, company, RESEARCH, NOW))
    const both = meet(each)
    expect(both.bars.map(({ clause }) => clause)).toEqual(
      each.flatMap(({ bars }) => bars.map(({ clause }) => clause)),
    )
    expect(new Set(both.bars.map(({ clause }) => clause.split('#')[0])).size).toBe(2)
    expect(both.unmet).toEqual(each.flatMap(({ unmet }) => unmet))
  })

  it('keep what might bar, and ask each question once', () => {
    const { commercialTie: _tie, ...undeclared } = MEMBER
    const each = [guardianship, research].map((one) => evaluate(one, undeclared, RESEARCH, NOW))
    const both = meet(each)
    expect(both.mightBar).toEqual(each.flatMap(({ mightBar }) => mightBar))
    expect(both.mightBar).toHaveLength(2)
    expect(both.needs.facts).toEqual(['commercialTie'])
  })

  it('ask once for a duty that several ask for', () => {
    const none = { ...MEMBER, acceptedDuties: [] }
    const each = [guardianship, research].map((one) => evaluate(one, none, RESEARCH, NOW))
    const asked = each.flatMap(({ needs }) => needs.agreement)
    const both = meet(each).needs.agreement
    expect(new Set(both)).toEqual(new Set(asked))
    expect(both.length).toBeLessThan(asked.length)
  })

  it('change at the first instant at which one of them does, if any', () => {
    expect(soonest([null, 7, 3, null])).toBe(3)
    expect(soonest([null])).toBeNull()
    expect(soonest([])).toBeNull()
  })

  it('wait for nothing where no licence asks to wait', () => {
    const both = meet([evaluate(guardianship, RESEARCHER, RESEARCH, NOW)])
    expect(both.needs.time).toBeNull()
  })
})

describe('duties of several clauses', () => {
  const duty = (clause: string, withinDays?: number): Duty => ({
    clause,
    kind: 'reportBack',
    ...(withinDays === undefined ? {} : { withinDays }),
  })

  it.each([
    [[duty('a', 30), duty('b', 20)], 'b'],
    [[duty('a', 20), duty('b', 30)], 'a'],
    [[duty('a'), duty('b', 30)], 'b'],
    [[duty('a', 30), duty('b')], 'a'],
    // Of two that are due together the first is kept.
    [[duty('a', 30), duty('b', 30)], 'a'],
    [[duty('a'), duty('b')], 'a'],
  ])('of %j keep %s', (duties, kept) => {
    expect(mergeDuties(duties.map((one) => [one])).map(({ clause }) => clause)).toEqual([kept])
  })

  it('stay as they are where all clauses share them', () => {
    const shared = [duty('a', 30)]
    expect(mergeDuties([shared, shared])).toBe(shared)
    expect(mergeDuties([])).toEqual([])
  })

  it('hold those of every permission, each kind once', () => {
    for (const name of ['guardianship', 'reinvest', 'staged-release'] as const) {
      const kinds = dutiesOf(template(name)).map(({ kind }) => kind)
      expect(new Set(kinds).size, name).toBe(kinds.length)
      expect(kinds, name).not.toEqual([])
    }
  })
})

describe('the actions of a licence', () => {
  it('are those some permission speaks of, and no others', () => {
    expect(licenceActions(template('open'))).toContain('redistribute')
    const { permission } = templateDocument('open')
    const [first] = Array.isArray(permission) ? permission : []
    const narrow = licenceOf({
      ...templateDocument('open'),
      permission: [{ ...first, action: ['sov:download'] }],
    })
    expect(licenceActions(narrow)).toEqual(['download'])
  })
})

describe('what only people can settle', () => {
  const term = (fact: Term['fact'], resolver: Term['resolver']): Term => ({
    clause: 'urn:example:licence:one#a',
    fact,
    needed: { operator: 'eq', values: [] },
    have: undefined,
    state: 'unknown',
    resolver,
  })
  const referred = (...ways: readonly (readonly Term[])[]): Decision => ({
    ...evaluate(guardianship, RESEARCHER, RESEARCH, NOW),
    ways,
  })
  const people = term('humanOnly', 'council')

  it.each([
    ['one way of nothing but such clauses', true, [[people]]],
    ['a second way of nothing else', true, [[term('territory', 'facts')], [people]]],
    ['a way that asks for a vote as well', false, [[people, term('councilApproval', 'council')]]],
    ['a way that asks for a fact as well', false, [[people, term('territory', 'facts')]]],
    ['no way', false, []],
  ])('with %s: %s', (_, settled, ways) => {
    expect(onlyPeopleCanSettle(referred(...ways))).toBe(settled)
  })

  it('is nothing in a decision that does not refer', () => {
    expect(onlyPeopleCanSettle({ ...referred([people]), decision: 'deny' })).toBe(false)
    expect(onlyPeopleCanSettle({ ...referred([people]), decision: 'permit' })).toBe(false)
  })
})
