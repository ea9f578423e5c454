import { describe, expect, it } from 'vitest'
import { answerUse, type UseQuestion } from '../../web/src/datasets/use-answer.ts'
import { NOW, templateDocument } from '../policies/licence-support.ts'

const OPEN = templateDocument('open')
const GUARDED = templateDocument('guardianship')
const company: UseQuestion = {
  purpose: 'commercialProduct',
  actorKind: 'commercial',
  commercialTie: 'yes',
  country: 'NZ',
  actions: ['download'],
}
const of = (document: unknown) => ({ licences: [{ document }] })
const ask = (documents: readonly unknown[]) =>
  answerUse([{ rule: 'all', custodians: documents.map(of) }], company, NOW, 'en')

describe('"can I use this for…?"', () => {
  it('answers by the one licence there is', () => {
    expect(ask([OPEN]).outcome).toBe('permit')
    expect(ask([GUARDED]).outcome).toBe('deny')
  })

  it('says no where a newer version of the licence does, and names its clause', () => {
    const both = ask([OPEN, GUARDED])
    expect(both.outcome).toBe('deny')
    expect(both.reasons).toEqual(ask([GUARDED]).reasons)
  })

  it('does not let a newer version open what the older one closes', () => {
    expect(ask([GUARDED, OPEN]).outcome).toBe('deny')
  })

  it('lets one custodian speak for all where that is the rule, and none for what it was made from', () => {
    const any = { rule: 'any', custodians: [of(GUARDED), of(OPEN)] }
    expect(answerUse([any], company, NOW, 'en').outcome).toBe('permit')
    const origin = { rule: 'all', custodians: [of(GUARDED)] }
    expect(answerUse([any, origin], company, NOW, 'en').outcome).toBe('deny')
    const unheard = { ...any, rule: 'whatever' }
    expect(answerUse([unheard], company, NOW, 'en').outcome).toBe('deny')
  })

  it('asks for the duties of both', () => {
    const kinds = (documents: readonly unknown[]) => ask(documents).duties.map(({ kind }) => kind)
    expect(kinds([OPEN, OPEN])).toEqual(kinds([OPEN]))
  })

  it('answers nothing when one of them cannot be read', () => {
    expect(ask([OPEN, { nonsense: true }]).outcome).toBe('unreadable')
    expect(ask([]).outcome).toBe('deny')
  })
})
