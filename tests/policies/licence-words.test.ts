import { describe, expect, it } from 'vitest'
import {
  evaluate,
  explainDecision,
  explainTerm,
  type Facts,
  messagesFor,
  summarise,
  type Use,
} from '../../policies/index.ts'
import {
  EMBARGO,
  fragment,
  licenceOf,
  MEMBER,
  NOW,
  PARTS,
  RESEARCH,
  RESEARCHER,
  TEMPLATES,
  template,
  templateDocument,
} from './licence-support.ts'

const guardianship = template('guardianship')
const told = (facts: Facts, use: Use = RESEARCH, now = NOW): readonly string[] =>
  explainDecision(guardianship, evaluate(guardianship, facts, use, now), 'en').map(
    ({ text }) => text,
  )

describe('summarise', () => {
  const sentences = summarise(guardianship, 'en')
  const said = (clause: string) =>
    sentences.filter((sentence) => fragment(sentence.clause) === clause)

  it.each(TEMPLATES)('has a sentence for every clause of %s', (name) => {
    const licence = template(name)
    const clauses = summarise(licence, 'en').map(({ clause }) => clause)
    const uids = [...licence.permissions, ...licence.prohibitions].flatMap((rule) => [
      rule.uid,
      ...rule.duties.map(({ clause }) => clause),
    ])
    const conditions = licence.permissions.flatMap(({ constraints }) => constraints)
    expect(clauses).toEqual(expect.arrayContaining([...uids, ...conditions.map(({ uid }) => uid)]))
  })

  it('says what one may, must and may not do', () => {
    expect(said('allow')).toMatchObject([
      { kind: 'may', text: expect.stringContaining('train a computer model') },
    ])
    expect(said('report')).toMatchObject([
      { kind: 'must', text: 'You must tell the community what you did with it within 180 days.' },
    ])
    expect(said('no-redistribution')).toMatchObject([
      { kind: 'mayNot', text: 'You may not pass it on.' },
    ])
    expect(said('no-commercial-actor')).toMatchObject([
      { kind: 'mayNot', text: 'You may not use it if you are a company.' },
    ])
  })

  it('says who decides where the council does', () => {
    expect(said('who')).toMatchObject([
      {
        kind: 'council',
        text: expect.stringContaining(
          'you are a member of the community, or if the council has said yes',
        ),
      },
    ])
  })

  it('says the dates and the countries', () => {
    expect(said('expiry')).toMatchObject([{ text: 'Only if it is before 1 January 2031.' }])
    expect(sentences.map(({ text }) => text)).toContain('Here, the region means: BJ, NG, TG.')
  })

  it('says what a label bars', () => {
    const labelled = { ...templateDocument('open'), 'sov:labels': [{ 'sov:code': 'tknc' }] }
    const texts = summarise(licenceOf(labelled), 'en')
    expect(texts).toContainEqual(
      expect.objectContaining({ kind: 'mayNot', clause: 'urn:commonhold:label:tknc' }),
    )
  })

  it('says a clause for people in its own words', () => {
    const clause = {
      uid: `${PARTS.licence}#elders`,
      target: PARTS.target,
      action: 'use',
      'sov:statement': { '@value': 'Ask the elders first.', '@language': 'en' },
    }
    const licence = licenceOf({ ...templateDocument('open'), 'sov:humanOnly': [clause] })
    expect(summarise(licence, 'en')).toContainEqual(
      expect.objectContaining({
        kind: 'council',
        class: 'humanOnly',
        text: expect.stringContaining('Ask the elders'),
      }),
    )
  })

  it('says of each clause how it is held to', () => {
    const held = (clause: string) => said(clause).map((sentence) => sentence.class)
    expect(held('see')).toEqual(['enforced'])
    expect(held('allow')).toEqual(['evidenced'])
    expect(held('purpose')).toEqual(['evidenced'])
    expect(held('allow-identity')).toEqual(['enforced'])
    // A vote or a place: the place is declared.
    expect(held('place')).toEqual(['evidenced'])
    expect(held('who')).toEqual(['enforced'])
    expect(held('report')).toEqual(['obligation'])
    expect(held('no-commercial-actor')).toEqual(['evidenced'])
    expect(held('no-redistribution')).toEqual(['evidenced'])
    expect(held('council-refused')).toEqual(['enforced'])
    for (const name of TEMPLATES)
      for (const { clause, class: own } of summarise(template(name), 'en'))
        expect([clause, own === null]).toEqual([clause, clause === template(name).uid])
  })

  it('names the dated list by which countries are rich, and only where there is one', () => {
    const lists = (name: (typeof TEMPLATES)[number]) =>
      summarise(template(name), 'en').filter(({ text }) => text.includes('World Bank'))
    expect(lists('tiered-benefit')).toMatchObject([
      { clause: PARTS.licence, text: expect.stringContaining('in force from 2025-07-01') },
    ])
    expect(lists('guardianship')).toEqual([])
  })

  it('leaves no word of the vocabulary untranslated', () => {
    for (const name of TEMPLATES)
      for (const { text } of summarise(template(name), 'en'))
        expect(text).not.toMatch(/[a-z][A-Z]|undefined|sov:|NaN/)
  })

  it('uses short words: few are longer than ten letters', () => {
    const words = TEMPLATES.flatMap((name) => summarise(template(name), 'en')).flatMap(({ text }) =>
      text.split(/[^a-z]+/i).filter(Boolean),
    )
    expect(words.filter((word) => word.length > 10).length / words.length).toBeLessThan(0.02)
  })

  it('falls back to English and says so', () => {
    expect(summarise(guardianship, 'ee').every(({ lang }) => lang === 'en')).toBe(true)
    expect(messagesFor('en-GH').lang).toBe('en')
  })
})

describe('explainDecision', () => {
  it('answers yes with the duties and the date it holds until', () => {
    expect(told(MEMBER)).toEqual([
      'Yes. You may do this.',
      'You must name the people it comes from.',
      'You must tell the community what you did with it within 180 days.',
      'You must give the community what you make from it.',
      'This answer can change on 1 January 2031.',
    ])
  })

  it('tells an outsider that a vote would change the answer', () => {
    expect(told(RESEARCHER)).toEqual([
      'Not yet. Something is still open.',
      'What would lead to a yes: the council votes yes.',
    ])
  })

  it('names the rule that bars, and that nothing changes it', () => {
    const texts = told({ ...MEMBER, actorKind: 'commercial' })
    expect(texts).toEqual([
      'No. You may not do this.',
      'This rule says no: You may not use it if you are a company.',
      'Nothing you can do or wait for would change this answer.',
    ])
  })

  it('tells whom only the council has refused that the council can be asked again', () => {
    const refused = { ...RESEARCHER, councilRefused: 'yes' } as const
    const again =
      'Only the council can change this: on an appeal, or when it is asked again after the time its charter sets.'
    expect(told(refused)).toEqual([
      'No. You may not do this.',
      'This rule says no: You may not use it if the council has turned you down.',
      again,
    ])
    // No council lifts what bars a company.
    expect(told({ ...refused, actorKind: 'commercial' })).not.toContain(again)
  })

  it('says what is missing when no rule bars', () => {
    const decision = evaluate(
      template('community-only'),
      RESEARCHER,
      { ...RESEARCH, actions: ['useInPlace'], purposes: ['learning'] },
      NOW,
    )
    const texts = explainDecision(template('community-only'), decision, 'en')
    expect(texts).toContainEqual({
      clause: `${PARTS.licence}#member`,
      text: 'This is missing: you are a member of the community.',
    })
  })

  it('asks for what is not known', () => {
    const { commercialTie: _tie, ...undeclared } = MEMBER
    expect(told(undeclared).at(-1)).toBe(
      'What would lead to a yes: tell us if a company is behind you.',
    )
  })

  it('says how long to wait', () => {
    expect(told(MEMBER, RESEARCH, EMBARGO - 1).at(-1)).toBe(
      'What would lead to a yes: wait until it is 1 January 2026 or later.',
    )
  })

  it('has words for every term of every template', () => {
    for (const name of TEMPLATES) {
      const licence = template(name)
      const { unmet } = evaluate(
        licence,
        {},
        { actions: ['download', 'redistribute'], purposes: ['unlisted', 'profiling'] },
        NOW,
      )
      for (const term of unmet) {
        const text = explainTerm(term, 'en')
        expect(text, name).not.toMatch(/[a-z][A-Z]|undefined|NaN|sov:/)
      }
    }
  })
})
