import { describe, expect, it } from 'vitest'
import {
  addRule,
  type CustodyRule,
  dutiesTogether,
  evaluate,
  evaluateTerms,
  type Licence,
  outlookOf,
  setTerms,
  USE_ACTIONS,
  useTogether,
  type WorkTerms,
} from '../../policies/index.ts'
import {
  licenceOf,
  NOW,
  PARTS,
  RESEARCH,
  RESEARCHER,
  type TemplateName,
  template,
  templateDocument,
} from './licence-support.ts'

/** A work that one community keeps, under one licence. */
const alone = (licence: Licence): WorkTerms => [
  { rule: 'all', custodians: [{ licences: [licence] }] },
]

const kept = (rule: CustodyRule, ...names: TemplateName[]): WorkTerms => [
  { rule, custodians: names.map((name) => ({ licences: [template(name)] })) },
]

describe('what may be done with several datasets at once', () => {
  const of = (...names: TemplateName[]) => useTogether(names.map((name) => alone(template(name))))
  const possible = (...names: TemplateName[]) =>
    of(...names)
      .filter(({ example }) => example !== null)
      .map(({ action }) => action)

  it('is everything where all are open', () => {
    expect(possible('open', 'open-with-credit')).toEqual(USE_ACTIONS)
  })

  it('comes with a request that each of the licences permits', () => {
    const licences = [template('research-only'), template('reinvest')]
    const found = useTogether(licences.map(alone)).find(({ action }) => action === 'download')
    if (!found?.example) throw new Error('no example')
    const { facts, use, now } = found.example
    expect(licences.map((one) => evaluate(one, facts, use, now).decision)).toEqual([
      'permit',
      'permit',
    ])
  })

  it('is no copy where one of them never leaves, and says which', () => {
    expect(possible('open', 'community-only')).toEqual(['useInPlace'])
    const download = of('open', 'community-only').find(({ action }) => action === 'download')
    expect(download).toMatchObject({ example: null, refusing: [1], clashing: [] })
  })

  it('names the pair that each permits it to somebody and together to nobody', () => {
    const only = (purpose: string) =>
      licenceOf(setTerms(templateDocument('open'), `${PARTS.licence}#allow`, 'purpose', [purpose]))
    const joint = useTogether([only('learning'), template('open'), only('journalism')].map(alone))
    expect(joint.find(({ action }) => action === 'train')).toMatchObject({
      example: null,
      refusing: [],
      clashing: [[0, 2]],
    })
  })
})

describe('what may be done with datasets that several communities keep', () => {
  const possible = (...works: WorkTerms[]) =>
    useTogether(works)
      .filter(({ example }) => example !== null)
      .map(({ action }) => action)

  it('is what all of them leave where all must permit', () => {
    expect(possible(kept('all', 'open', 'community-only'), kept('all', 'open'))).toEqual([
      'useInPlace',
    ])
  })

  it('is what any of them leaves where one is enough', () => {
    expect(possible(kept('any', 'community-only', 'open'), kept('all', 'open'))).toEqual(
      USE_ACTIONS,
    )
  })

  it('is a matter of one and the same custodian, never of a piece of each', () => {
    const neither = licenceOf(
      setTerms(templateDocument('open'), `${PARTS.licence}#allow`, 'purpose', ['learning']),
    )
    const other = licenceOf(
      setTerms(templateDocument('open'), `${PARTS.licence}#allow`, 'purpose', ['journalism']),
    )
    const third = licenceOf(
      setTerms(templateDocument('open'), `${PARTS.licence}#allow`, 'purpose', ['evaluation']),
    )
    const either: WorkTerms = [
      { rule: 'any', custodians: [{ licences: [neither] }, { licences: [other] }] },
    ]
    expect(possible(either, alone(neither))).toEqual(USE_ACTIONS)
    expect(possible(either, alone(third))).toEqual([])
    expect(useTogether([either, alone(third)])[0]).toMatchObject({
      refusing: [],
      clashing: [[0, 1]],
    })
  })

  it('comes with a request that the joined terms permit', () => {
    const works = [kept('any', 'research-only', 'community-only'), kept('all', 'reinvest')]
    const found = useTogether(works).find(({ action }) => action === 'train')
    if (!found?.example) throw new Error('no example')
    const { facts, use, now } = found.example
    const judged = works.flat().map(({ rule, custodians }) => ({
      rule,
      custodians: custodians.map((one) => ({ ...one, facts })),
    }))
    expect(evaluateTerms(judged, use, now).decision).toBe('permit')
  })

  it('is nothing for a work without terms, without custodians or with one that has no licence', () => {
    const open = template('open')
    for (const none of [
      [],
      [{ rule: 'all', custodians: [] }],
      [{ rule: 'any', custodians: [] }],
      [{ rule: 'any', custodians: [{ licences: [] }] }],
      [{ rule: 'all', custodians: [{ licences: [open] }, { licences: [] }] }],
    ] satisfies WorkTerms[])
      expect(possible(none, alone(open))).toEqual([])
  })

  it('owes what all ask for, and by choice what only one of several asks for', () => {
    const kinds = (rule: CustodyRule) => {
      const { always, byChoice } = dutiesTogether([kept(rule, 'open', 'guardianship')])
      return [always, byChoice].map((duties) => duties.map(({ kind }) => kind).sort())
    }
    expect(kinds('all')).toEqual([['attribute', 'reportBack', 'shareBack'], []])
    expect(kinds('any')).toEqual([['attribute'], ['reportBack', 'shareBack']])
  })
})

describe('what a decision means for the one who asks', () => {
  const research = templateDocument('research-only')
  const outlook = (document: Record<string, unknown>, facts = RESEARCHER, now = NOW) =>
    outlookOf(evaluate(licenceOf(document), facts, RESEARCH, now))
  const council = setTerms(research, `${PARTS.licence}#allow`, 'sov:councilApproval', ['approved'])

  it('is a yes where it is permitted', () => {
    expect(outlook(research)).toBe('permit')
  })

  it('is the council where only a vote is left, also beside ordinary steps', () => {
    expect(outlook(council)).toBe('council')
    expect(outlook(council, { ...RESEARCHER, identityAssurance: 1 })).toBe('council')
  })

  it('is the council where a clause is left to people, and not where a purpose is on no list', () => {
    const clause = {
      uid: `${PARTS.licence}#elders`,
      target: PARTS.target,
      action: 'use',
      'sov:statement': { '@value': 'Ask the elders first.', '@language': 'en' },
    }
    expect(outlook({ ...council, 'sov:humanOnly': [clause] })).toBe('council')
    expect(outlook({ ...research, 'sov:humanOnly': [clause] })).toBe('council')
    const unlisted = { actions: ['download'], purposes: ['unlisted'] } as const
    expect(outlookOf(evaluate(licenceOf(council), RESEARCHER, unlisted, NOW))).toBe('notYet')
  })

  it('asks for more where facts are not told', () => {
    expect(outlook(research, { ...RESEARCHER, commercialTie: undefined })).toBe('facts')
  })

  it('is not yet where somebody can mend it or wait', () => {
    expect(outlook(research, { ...RESEARCHER, identityAssurance: 1 })).toBe('notYet')
    expect(outlook(research, RESEARCHER, Date.UTC(2025, 0, 1))).toBe('notYet')
  })

  it('is a no where nothing would change it', () => {
    expect(outlook(research, { ...RESEARCHER, actorKind: 'commercial' })).toBe('deny')
    const { document } = addRule(research, 'prohibition', 'use')
    expect(outlook(document)).toBe('deny')
  })
})
