import { describe, expect, it } from 'vitest'
import {
  addRule,
  evaluate,
  outlookOf,
  setTerms,
  USE_ACTIONS,
  useTogether,
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

describe('what may be done with several datasets at once', () => {
  const of = (...names: TemplateName[]) => useTogether(names.map((name) => template(name)))
  const possible = (...names: TemplateName[]) =>
    of(...names)
      .filter(({ example }) => example !== null)
      .map(({ action }) => action)

  it('is everything where all are open', () => {
    expect(possible('open', 'open-with-credit')).toEqual(USE_ACTIONS)
  })

  it('comes with a request that each of the licences permits', () => {
    const licences = [template('research-only'), template('reinvest')]
    const found = useTogether(licences).find(({ action }) => action === 'download')
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
    const joint = useTogether([only('learning'), template('open'), only('journalism')])
    expect(joint.find(({ action }) => action === 'train')).toMatchObject({
      example: null,
      refusing: [],
      clashing: [[0, 2]],
    })
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
