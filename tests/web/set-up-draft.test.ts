import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countryCodes,
  isSlug,
  type SetUpDraft,
  setUpProblems,
  setUpSteps,
  slugOf,
  toCommunityInput,
} from '../../web/src/people/set-up-draft.ts'

const complete: SetUpDraft = {
  step: 5,
  operatorName: 'Aroha',
  operatorEmail: 'aroha@example.org',
  name: 'Example speakers',
  slug: 'example-speakers',
  description: 'People who speak Example.',
  charter: 'council',
  founders: [
    {
      name: 'Aroha',
      email: 'aroha@example.org',
      bodies: ['council', 'kaitiaki'],
      group: ' north ',
    },
    { name: 'Tama', email: 'tama@example.org', bodies: ['council'], group: '' },
  ],
  licence: 'guardianship',
  licenceTitle: 'Our words',
  home: 'nz',
  region: 'ck, ws',
}
const context = { password: 'a long enough one', bodies: ['council', 'kaitiaki'] }
const problems = (change: Partial<SetUpDraft>, given = context) =>
  setUpSteps(true).flatMap((step) => setUpProblems(step, { ...complete, ...change }, given))
const fields = (change: Partial<SetUpDraft>, given = context) =>
  problems(change, given).map(({ field }) => field)

describe('the first-run wizard', () => {
  it('has nothing to complain of when everything is filled', () => {
    expect(problems({})).toEqual([])
  })

  it.each([
    ['operatorName', { operatorName: ' ' }],
    ['operatorEmail', { operatorEmail: 'aroha' }],
    ['name', { name: '' }],
    ['slug', { slug: 'Not A Slug' }],
    ['description', { description: '' }],
    ['charter', { charter: '' }],
    ['licence', { licence: '' }],
    ['licenceTitle', { licenceTitle: '' }],
    ['home', { home: '' }],
    ['home', { home: 'New Zealand' }],
    ['region', { region: 'Pacific' }],
  ])('names the field %s when only that is wrong', (field, change) => {
    expect(fields(change)).toEqual([field])
  })

  it('asks for a longer password', () => {
    expect(fields({}, { ...context, password: 'short' })).toEqual(['password'])
  })

  it('names every body that has no founder', () => {
    const founders = complete.founders.map((founder) => ({ ...founder, bodies: ['council'] }))
    expect(problems({ founders })).toEqual([
      { field: 'founders.0.bodies', key: 'problem.body', values: { body: 'kaitiaki' } },
    ])
  })

  it('refuses the same founder twice, whatever the case of the address', () => {
    const [first] = complete.founders
    const founders = [...complete.founders, { ...first!, email: 'AROHA@example.org' }]
    expect(fields({ founders })).toEqual(['founders.2.email'])
  })

  it('has no account step for an operator who founds a further community', () => {
    expect(setUpSteps(false)).not.toContain('operator')
  })

  it('sends trimmed text, countries as upper-case codes and no group where none was typed', () => {
    const input = toCommunityInput(complete, 'de')
    expect(input.language).toBe('de')
    expect(input.licence).toMatchObject({ home: ['NZ'], region: ['CK', 'WS'] })
    expect(input.founders.map(({ group }) => group)).toEqual(['north', null])
  })
})

describe('a web address made from a name', () => {
  it('keeps letters and loses their marks', () => {
    expect(slugOf('Te Reo Māori o Ōtautahi')).toBe('te-reo-maori-o-otautahi')
  })

  it('is always a permitted address or empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
        const slug = slugOf(name)
        expect(slug === '' || isSlug(slug)).toBe(true)
      }),
    )
  })
})

describe('country codes', () => {
  it('are read however they are separated, each once', () => {
    expect(countryCodes('nz, AU; ck  nz')).toEqual(['NZ', 'AU', 'CK'])
  })
})
