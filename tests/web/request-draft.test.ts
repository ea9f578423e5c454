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

const answer = (change: Partial<RequestDraft>, member = false) =>
  answerRequest(guardianship, { ...complete, ...change }, { member }, at)

describe('the answer while the form is being filled', () => {
  it('bars a commercial purpose and names the clause', () => {
    const given = answer({ purposes: ['commercialProduct'] })
    expect(given?.decision.decision).toBe('deny')
    expect(given?.reasons.some(({ clause }) => clause.includes('#'))).toBe(true)
  })

  it('refuses when one of two purposes is barred', () => {
    const ask = (purposes: readonly string[]) =>
      answerRequest(withCredit, { ...complete, purposes }, { member: false }, at)?.decision.decision
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
    expect(answerRequest({ not: 'a licence' }, complete, { member: true }, at)).toBeNull()
  })
})
