import { describe, expect, it } from 'vitest'
import { createWorkCheck } from '../../policies/index.ts'
import { type TemplateName, templateDocument } from './licence-support.ts'

type Entry = Readonly<Record<string, unknown>>

const adopted = (name: TemplateName): Entry => ({
  type: 'licence.adopted',
  digest: name,
  document: templateDocument(name),
})
const named = (dataset: string) => ({ dataset, version: '1.0.0' })
const assembled = (dataset: string, licence: string, ...parents: readonly string[]): Entry => ({
  type: 'version.assembled',
  ...named(dataset),
  licence,
  parents: parents.map(named),
})
const published = (dataset: string): Entry => ({ type: 'version.published', ...named(dataset) })

const check = (...entries: readonly Entry[]) => {
  const works = createWorkCheck()
  for (const [index, entry] of entries.entries()) works.note(index, JSON.stringify(entry))
  return { proved: works.proved(), problems: works.problems }
}

const LICENCES = [adopted('open'), adopted('guardianship')]
const RIVER = [assembled('river', 'guardianship'), published('river')]

describe('the works of a public log', () => {
  it('are proved again to permit no more than what they were made from', () => {
    const made = [assembled('made', 'guardianship', 'river'), published('made')]
    expect(check(...LICENCES, ...RIVER, ...made)).toEqual({ proved: 1, problems: [] })
  })

  it('are told where one permits more', () => {
    const made = [assembled('made', 'open', 'river'), published('made')]
    const { proved, problems } = check(...LICENCES, ...RIVER, ...made)
    expect(proved).toBe(0)
    expect(problems).toMatchObject([{ entry: 5, message: expect.stringContaining('made@1.0.0') }])
  })

  it('are told where one permits more than what lies behind its parent', () => {
    const open = [assembled('well', 'open', 'river'), published('well')]
    const made = [assembled('made', 'open', 'well'), published('made')]
    const entries = [...LICENCES, ...RIVER, ...open, ...made]
    expect(check(...entries).problems.map(({ entry }) => entry)).toEqual([5, 7])
  })

  it('are told where a parent had not been published', () => {
    const made = [assembled('made', 'guardianship', 'river'), published('made')]
    const { problems } = check(...LICENCES, assembled('river', 'guardianship'), ...made)
    expect(problems[0]?.message).toContain('river@1.0.0, which was not published')
    expect(check(...LICENCES, ...made).problems.length).toBeGreaterThan(0)
  })

  it('are told where a licence is missing', () => {
    const made = [assembled('made', 'lost', 'river'), published('made')]
    expect(check(...LICENCES, ...RIVER, ...made).problems).toHaveLength(1)
  })

  it('need no proof where nothing was made from anything', () => {
    expect(check(...LICENCES, ...RIVER)).toEqual({ proved: 0, problems: [] })
    const works = createWorkCheck()
    works.note(0, 'no JSON "version.assembled"')
    expect(works.problems).toEqual([])
  })
})
