import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { instantiate } from '../../policies/index.ts'
import { answerRequest } from '../../web/src/grants/request-answer.ts'
import {
  emptyRequest,
  type RequestDraft,
  requestProblems,
  requestSteps,
  toRequest,
} from '../../web/src/grants/request-draft.ts'

const licence = (name: string) =>
  instantiate(
    JSON.parse(
      readFileSync(new URL(`../../policies/licences/${name}.json`, import.meta.url), 'utf8'),
    ),
    {
      licence: 'urn:commonhold:licence:test:1',
      target: 'urn:commonhold:dataset:test',
      assigner: 'urn:commonhold:community:test',
      title: 'Test',
      home: ['NZ'],
      region: ['CK'],
    },
  )
const guardianship = licence('guardianship')
const withCredit = licence('open-with-credit')
const at = { now: Date.parse('2026-06-01T00:00:00Z'), locale: 'en' }

const complete: RequestDraft = {
  ...emptyRequest,
  purposes: ['linguisticResearch'],
  actorKind: 'academic',
  commercialTie: 'no',
  country: 'NZ',
  duties: ['attribute', 'reportBack', 'shareBack'],
  project: 'A study of how stories are told.',
}
const faults = (change: Partial<RequestDraft>) =>
  requestSteps
    .flatMap((step) => requestProblems(step, { ...complete, ...change }, ['attribute']))
    .map(({ field }) => field)

describe('the request wizard', () => {
  it('has nothing to complain of when everything is filled', () => {
    expect(faults({})).toEqual([])
  })

  it.each([
    ['purposes', { purposes: [] }],
    ['actions', { actions: [] }],
    ['actorKind', { actorKind: '' }],
    ['commercialTie', { commercialTie: '' }],
    ['duties', { duties: ['reportBack'] }],
    ['project', { project: 'Too short.' }],
    ['team', { team: 'ana@example.org ben' }],
  ])('names the field %s when only that is wrong', (field, change) => {
    expect(faults(change)).toEqual([field])
  })

  it('sends what was not said as not said', () => {
    const { facts } = toRequest('d1', { ...complete, country: '' })
    expect(facts).toMatchObject({ actorKind: 'academic', country: null, control: null })
  })
})

const HOME = 'c-home'
const keptBy = (community: string, document: unknown) => ({
  community: { id: community },
  licences: [{ document }],
})
const under = (document: unknown) => [{ rule: 'all', custodians: [keptBy(HOME, document)] }]
const standing = (member: boolean) => ({ memberOf: member ? [HOME] : [] })

const answer = (change: Partial<RequestDraft>, member = false) =>
  answerRequest(under(guardianship), { ...complete, ...change }, standing(member), at)

describe('the answer while the form is being filled', () => {
  it('bars a commercial purpose and names the clause', () => {
    const given = answer({ purposes: ['commercialProduct'] })
    expect(given?.decision.decision).toBe('deny')
    expect(given?.reasons.some(({ clause }) => clause.includes('#'))).toBe(true)
  })

  it('refuses when one of two purposes is barred', () => {
    const ask = (purposes: readonly string[]) =>
      answerRequest(under(withCredit), { ...complete, purposes }, standing(false), at)?.decision
        .decision
    expect(ask(['linguisticResearch'])).toBe('permit')
    expect(ask(['linguisticResearch', 'commercialProduct'])).toBe('deny')
  })

  it('tells a no that can be turned from one that cannot', () => {
    expect(answer({})?.decision).toMatchObject({ decision: 'deny' })
    expect(answer({})?.decision.ways.length).toBeGreaterThan(0)
    expect(answer({ purposes: ['commercialProduct'] })?.decision.ways).toEqual([])
  })

  it('never permits while a fact is missing', () => {
    expect(answer({ commercialTie: '' })?.decision.decision).not.toBe('permit')
  })

  it('names every duty that comes with the use, with the days it leaves', () => {
    const duties = answer({ duties: [] }, true)?.duties ?? []
    expect(duties.map(({ kind }) => kind).sort()).toEqual(['attribute', 'reportBack', 'shareBack'])
    expect(duties.find(({ kind }) => kind === 'reportBack')?.withinDays).toBe(180)
  })

  it('is left to the registry when the licence cannot be read here', () => {
    expect(answerRequest(under({ not: 'a licence' }), complete, standing(true), at)).toBeNull()
    const both = [
      { rule: 'any', custodians: [keptBy(HOME, withCredit), keptBy('c-2', { not: 'one' })] },
    ]
    expect(answerRequest(both, complete, standing(true), at)).toBeNull()
  })
})

describe('the answer where several communities keep the dataset', () => {
  const joined = (rule: string) => [
    { rule, custodians: [keptBy(HOME, withCredit), keptBy('c-2', guardianship)] },
  ]
  const ask = (rule: string, memberOf: readonly string[] = []) =>
    answerRequest(joined(rule), complete, { memberOf }, at)

  it('is a yes only where all say yes, if all have to', () => {
    expect(ask('any')?.decision.decision).toBe('permit')
    expect(ask('all')?.decision.decision).not.toBe('permit')
    expect(ask('all')?.reasons.length).toBeGreaterThan(0)
  })

  it('counts a seat in the community that gave it and in no other', () => {
    const waysFor = (...memberOf: string[]) => ask('all', memberOf)?.decision.ways
    expect(waysFor(HOME)).toEqual(waysFor())
    expect(waysFor('c-2')).not.toEqual(waysFor())
  })

  it('asks for the duties of all who have to say yes, and of nobody else', () => {
    const kinds = (rule: string) => ask(rule, ['c-2'])?.duties.map(({ kind }) => kind)
    expect(kinds('all')).toContain('shareBack')
    expect(kinds('any')).not.toContain('shareBack')
  })
})
