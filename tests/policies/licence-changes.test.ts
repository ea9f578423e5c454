import { describe, expect, it } from 'vitest'
import {
  compatible,
  decide,
  type Example,
  type Licence,
  licenceChanges,
  sayChange,
} from '../../policies/index.ts'
import { EXPIRY, licenceOf, PARTS, template, templateDocument } from './licence-support.ts'

type Node = Record<string, unknown>

const answer = (licence: Licence, { facts, use, now }: Example) => decide(licence, facts, use, now)
const guardianship = template('guardianship')
const rules = (key: 'permission' | 'prohibition') =>
  structuredClone(templateDocument('guardianship')[key]) as Node[]
const edited = (edit: Node) => licenceOf({ ...templateDocument('guardianship'), ...edit })

describe('what a new version changes', () => {
  it('is nothing between a licence and itself', () => {
    expect(licenceChanges(guardianship, guardianship)).toEqual({
      wider: [],
      narrower: [],
      duties: [],
      complete: true,
    })
  })

  it('is said of the time it concerns, in one group, with a request that shows it', () => {
    const longer = template('guardianship', { ...PARTS, expiry: '2032-01-01T00:00:00Z' })
    const { wider, narrower } = licenceChanges(guardianship, longer)
    expect(narrower).toEqual([])
    expect(wider).toHaveLength(1)
    expect(wider[0]?.scope).toMatchObject({
      actions: ['preview', 'download', 'derive', 'train'],
      from: EXPIRY,
    })
    const [change] = wider
    expect(change && answer(longer, change.example)).toBe('permit')
    expect(change && answer(guardianship, change.example)).toBe('deny')
    const back = licenceChanges(longer, guardianship)
    expect([back.wider.length, back.narrower.length]).toEqual([0, 1])
  })

  it('is said of the kinds of actor and the purposes it concerns', () => {
    const [see, allow] = rules('permission') as [Node, Node]
    const [purpose, ...others] = allow.constraint as [Node, ...Node[]]
    const fewer = { ...purpose, rightOperand: [{ '@id': 'sov:learning' }] }
    const narrower = edited({ permission: [see, { ...allow, constraint: [fewer, ...others] }] })
    const [change, ...more] = licenceChanges(guardianship, narrower).narrower
    expect(more).toEqual([])
    expect(change?.scope.purposes).toEqual([
      'communityUse',
      'revitalisation',
      'preservation',
      'linguisticResearch',
      'languageTechnologyResearch',
    ])
    expect(change?.scope.actorKind).not.toContain('commercial')
  })

  it('keeps apart what concerns different people', () => {
    const open = template('open')
    const bars = [
      ['urn:example:a', 'sov:train', 'sov:actorKind', 'sov:commercial'],
      ['urn:example:b', 'sov:redistribute', 'purpose', 'sov:journalism'],
    ].map(([uid, action, leftOperand, value]) => ({
      uid,
      target: PARTS.target,
      action,
      constraint: [{ uid: `${uid}1`, leftOperand, operator: 'eq', rightOperand: { '@id': value } }],
    }))
    const stricter = licenceOf({ ...templateDocument('open'), prohibition: bars, 'sov:claims': [] })
    expect(licenceChanges(open, stricter).narrower.map(({ scope }) => scope)).toEqual([
      { actions: ['train'], actorKind: ['commercial'] },
      // What is not on the list might be just that: it is for people to decide.
      { actions: ['redistribute'], purposes: ['journalism', 'unlisted'] },
    ])
  })

  it('names duties that come, go and change their time', () => {
    const [see, allow] = rules('permission') as [Node, Node]
    const [credit, report] = allow.duty as [Node, Node, Node]
    const slower = structuredClone(report)
    const [deadline] = slower.constraint as [Node]
    deadline.rightOperand = { '@value': 'P365D', '@type': 'xsd:duration' }
    const keep = { uid: 'urn:example:keep', action: 'sov:secureStorage' }
    const after = edited({ permission: [see, { ...allow, duty: [credit, slower, keep] }] })
    const { duties, wider, narrower } = licenceChanges(guardianship, after)
    const told = duties.map((change) => [
      change.before && [change.before.kind, change.before.withinDays],
      change.after && [change.after.kind, change.after.withinDays],
      change.actions.length,
    ])
    expect(told).toEqual([
      [['reportBack', 180], ['reportBack', 365], 4],
      [['shareBack', undefined], null, 4],
      [null, ['secureStorage', undefined], 4],
    ])
    expect(wider[0]?.scope.withoutDuties).toContain('shareBack')
    expect(narrower[0]?.scope.withoutDuties).toContain('secureStorage')
  })

  it('is said in plain words', () => {
    const prohibition = rules('prohibition').filter(({ uid }) => !String(uid).includes('no-comm'))
    const { wider } = sayChange(guardianship, edited({ prohibition, 'sov:claims': [] }), 'en')
    expect(wider).toHaveLength(1)
    expect(wider[0]).toMatch(/^There are new cases in which you may look at a sample, download it,/)
    expect(wider[0]).toMatch(/For example: You may look at a sample if .*you are paid by a company/)
  })
})

describe('compatible', () => {
  it('finds a use that all permit, or that there is none', () => {
    const { holds, example } = compatible([guardianship, template('research-only')])
    expect(holds).toBe(true)
    expect(example && answer(guardianship, example)).toBe('permit')
    expect(example && answer(template('research-only'), example)).toBe('permit')
    const closed = compatible([guardianship, template('community-only')])
    expect(closed).toEqual({ holds: false, example: null })
  })
})
