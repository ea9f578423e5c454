import { describe, expect, it } from 'vitest'
import {
  type Decision,
  evaluate,
  explainDecision,
  explainTerm,
  type Licence,
  type Term,
} from '../../policies/index.ts'
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

const guardianship = template('guardianship')
const texts = (licence: Licence, decision: Decision) =>
  explainDecision(licence, decision, 'en').map(({ text }) => text)

const term = (part: Partial<Term>): Term => ({
  clause: `${PARTS.licence}#a`,
  fact: 'ethicsApproval',
  needed: { operator: 'eq', values: ['yes'] },
  have: undefined,
  state: 'unknown',
  resolver: 'facts',
  ...part,
})

describe('a term as a step', () => {
  const said = (part: Partial<Term>) => explainTerm(term(part), 'en')

  it('asks for what is not known', () => {
    expect(said({})).toBe('tell us if an ethics board has said yes')
  })

  it('asks for a change of what is known', () => {
    expect(said({ state: 'failed', have: 'no' })).toMatch(/^make sure that /)
  })

  it('asks for a change where there is no question to ask', () => {
    const identity = {
      fact: 'identityAssurance',
      needed: { operator: 'gteq', values: [2] },
    } as const
    expect(said(identity)).toMatch(/^make sure that /)
  })

  it('asks to sign an agreement, and to promise a duty', () => {
    const agreement = { resolver: 'agreement' } as const
    expect(said({ ...agreement, fact: 'benefitAgreement' })).toBe(
      'sign how you share what you gain',
    )
    expect(
      said({
        ...agreement,
        fact: 'acceptedDuties',
        needed: { operator: 'eq', values: ['attribute'] },
      }),
    ).toBe('promise to name the people it comes from')
  })

  it('leaves a vote to the council, and a clause for people to people', () => {
    const council = { resolver: 'council' } as const
    expect(said({ ...council, fact: 'councilApproval' })).toBe('the council votes yes')
    expect(said({ ...council, fact: 'humanOnly' })).toBe(
      'the council decides this itself, by a vote on this very request',
    )
    for (const fact of ['purpose', 'territory'] as const)
      expect(said({ ...council, fact })).toBe(
        'the community says in its licence whether this may be, as no vote on one request can',
      )
  })

  it('says what nobody can bring about', () => {
    expect(said({ resolver: 'none' })).toMatch(/^this would need that /)
  })
})

describe('a decision in words', () => {
  const referred = evaluate(guardianship, RESEARCHER, RESEARCH, NOW)
  const clauses = ['one', 'two', 'three', 'four'].map((name) => `${PARTS.licence}#${name}`)
  const ways = clauses.map((clause) => [term({ clause })])

  it('tells the first way, then up to two others, each with its clause', () => {
    const told = explainDecision(guardianship, { ...referred, ways }, 'en').slice(1)
    expect(told).toEqual([
      { clause: clauses[0], text: expect.stringMatching(/^What would lead to a yes: tell us/) },
      { clause: clauses[1], text: expect.stringMatching(/^Another way to a yes: tell us/) },
      { clause: clauses[2], text: expect.stringMatching(/^Another way to a yes: tell us/) },
    ])
  })

  it('says a step once where two terms ask for the same', () => {
    const [told] = texts(guardianship, { ...referred, ways: [[term({}), term({})]] }).slice(1)
    expect(told).toBe('What would lead to a yes: tell us if an ethics board has said yes.')
  })

  it('says no for good, or only for now', () => {
    const denied = { ...referred, decision: 'deny' } as const
    expect(texts(guardianship, { ...denied, ways })[0]).toBe('No, not as things stand.')
    expect(texts(guardianship, { ...denied, ways: [] })[0]).toBe('No. You may not do this.')
  })

  it('names what is missing for good, and not what somebody can still bring', () => {
    const unmet = [term({ clause: clauses[0] ?? '', resolver: 'none' }), term({})]
    const told = explainDecision(
      guardianship,
      { ...referred, decision: 'deny', ways: [], bars: [], unmet },
      'en',
    )
    expect(told.map(({ clause }) => clause)).toEqual([PARTS.licence, clauses[0], PARTS.licence])
    expect(told[1]?.text).toMatch(/^This is missing: /)
  })

  it('says nothing of what is missing where a rule bars', () => {
    const barred = evaluate(guardianship, { ...MEMBER, actorKind: 'commercial' }, RESEARCH, NOW)
    const unmet = [term({ resolver: 'none' })]
    const told = texts(guardianship, { ...barred, unmet })
    expect(told.filter((text) => text.startsWith('This is missing'))).toEqual([])
    expect(told.filter((text) => text.startsWith('This rule says no'))).toHaveLength(1)
  })

  it('says a rule once, however often it bars', () => {
    const barred = evaluate(
      guardianship,
      { ...MEMBER, actorKind: 'commercial' },
      { actions: ['download', 'train'], purposes: ['linguisticResearch'] },
      NOW,
    )
    expect(barred.bars.length).toBeGreaterThan(1)
    expect(texts(guardianship, barred).filter((text) => text.startsWith('This rule'))).toHaveLength(
      1,
    )
  })

  it('does not speak of a change where none is to come', () => {
    const permit = evaluate(guardianship, MEMBER, RESEARCH, NOW)
    const last = (nextChangeAt: number | null) =>
      texts(guardianship, { ...permit, nextChangeAt }).at(-1)
    expect(last(NOW)).toBe('This answer can change on 22 November 2026.')
    expect(last(null)).not.toContain('can change')
  })
})

describe('a clause in words', () => {
  const people = {
    uid: `${PARTS.licence}#elders`,
    target: PARTS.target,
    action: ['sov:download'],
    'sov:statement': { '@value': 'Ask the elders first.', '@language': 'en' },
  }
  const more = {
    ...people,
    uid: `${PARTS.licence}#season`,
    'sov:statement': { '@value': 'Not in winter.', '@language': 'en' },
  }

  it('is the clause that people wrote, the one that is meant', () => {
    const licence = licenceOf({
      ...templateDocument('guardianship'),
      'sov:humanOnly': [people, more],
    })
    const told = explainDecision(licence, evaluate(licence, MEMBER, RESEARCH, NOW), 'en')
    const said = (name: string) => told.find(({ clause }) => clause.endsWith(name))?.text
    expect(said('#elders')).toContain('Ask the elders first')
    expect(said('#elders')).toMatch(/^This rule may say no, we do not know yet: /)
    expect(said('#season')).toContain('Not in winter')
  })

  it('is what a label adds', () => {
    const licence = licenceOf({
      ...templateDocument('open'),
      'sov:labels': [{ 'sov:code': 'tknc' }],
    })
    const sell = { actions: ['download'], purposes: ['commercialProduct'] } as const
    const decision = evaluate(licence, MEMBER, sell, NOW)
    const [bar] = decision.bars
    const told = explainDecision(licence, decision, 'en')
    const words = told.find(({ clause }) => clause === bar?.clause)?.text
    expect(words).toMatch(/^This rule says no: You may not /)
    expect(words).not.toContain('urn:')
  })

  it('is named by its address where the licence has no such clause', () => {
    const barred = evaluate(guardianship, { ...MEMBER, actorKind: 'commercial' }, RESEARCH, NOW)
    const [bar] = barred.bars
    if (!bar) throw new Error('nothing bars')
    const strange = { ...barred, bars: [{ ...bar, clause: 'urn:example:strange' }] }
    expect(texts(guardianship, strange)).toContain('This rule says no: urn:example:strange')
  })
})
