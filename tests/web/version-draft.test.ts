import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  missingFields,
  countWords as registryCount,
  STATEMENT_FIELDS,
  SUMMARY_WORDS,
} from '../../api/src/datasets/statement-fields.ts'
import {
  completeness,
  countWords,
  embargoInstant,
  firstDraft,
  isVersion,
  suggestVersion,
  summaryWords,
  topEntries,
  toVersionInput,
  versionProblems,
  widestStage,
} from '../../web/src/datasets/version-draft.ts'

const fields = [
  { field: 'summary', required: true },
  { field: 'limits', required: true },
  { field: 'other', required: false },
]

describe('the data statement meter', () => {
  it('counts required fields only', () => {
    expect(completeness(fields, { summary: 'Stories.', limits: 'Few speakers.' })).toEqual({
      done: 2,
      needed: 2,
      missing: [],
    })
  })

  it('takes "unknown" for an answer and blank space for none', () => {
    expect(completeness(fields, { summary: 'unknown', limits: '  ' }).missing).toEqual(['limits'])
  })
})

describe('the suggested version', () => {
  it('is 1.0.0 for the first', () => {
    expect(suggestVersion([])).toBe('1.0.0')
  })

  it('compares numbers, not letters', () => {
    expect(suggestVersion(['1.9.0', '1.10.0', '1.2.7'])).toBe('1.11.0')
  })

  it('is a version that does not exist yet', () => {
    const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(fc.array(version), (existing) => {
        const next = suggestVersion(existing)
        expect(isVersion(next)).toBe(true)
        expect(existing).not.toContain(next)
      }),
    )
  })
})

describe('the furthest release stage of a version', () => {
  const given = [
    { id: 'a', consent: { maxStage: 5 } },
    { id: 'b', consent: { maxStage: 2 } },
  ]
  it('is what the narrowest consent in it allows', () => {
    expect(widestStage(given, ['a'])).toBe(5)
    expect(widestStage(given, ['a', 'b'])).toBe(2)
  })
})

describe('an embargo', () => {
  it('ends at midnight UTC of the chosen day, and is none when no day is chosen', () => {
    expect(embargoInstant('2030-01-31')).toBe('2030-01-31T00:00:00.000Z')
    expect(embargoInstant('')).toBeNull()
  })
})

describe('the form for a version', () => {
  const sixty = Array.from({ length: 60 }, () => 'word').join(' ')
  const draft = {
    version: '1.0.0',
    licence: 'sha256-a',
    contributions: ['k1'],
    parents: '',
    statement: { summary: sixty, limits: 'unknown' },
  }
  const faults = (change: Partial<typeof draft>) =>
    versionProblems({ ...draft, ...change }, ['0.9.0'], fields).map(({ field }) => field)

  it('has nothing to complain of when everything is filled', () => {
    expect(faults({})).toEqual([])
  })

  it('names the one field that is wrong', () => {
    expect(faults({ contributions: [] })).toEqual(['contributions'])
    expect(faults({ version: '1.0' })).toEqual(['version'])
    expect(faults({ version: '0.9.0' })).toEqual(['version'])
    expect(faults({ licence: '' })).toEqual(['licence'])
    expect(faults({ statement: { ...draft.statement, limits: ' ' } })).toEqual(['statement.limits'])
    expect(faults({ statement: { ...draft.statement, summary: 'unknown' } })).toEqual([
      'statement.summary',
    ])
  })

  it('counts the words of a summary as the registry does', () => {
    expect(summaryWords).toEqual(SUMMARY_WORDS)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(countWords(text)).toBe(registryCount(text))
      }),
    )
  })

  it('asks of every required section what the registry asks', () => {
    const asked = completeness(STATEMENT_FIELDS, {}).missing
    expect(asked).toEqual(missingFields({}, false))
  })

  it('starts from the newest statement and from the only licence there is', () => {
    const before = { statement: { sections: [{ field: 'summary', text: 'Stories.' }] } }
    const community = { licences: [{ digest: 'sha256-a' }] }
    const first = firstDraft({ versions: [before], drafts: null, community }, ['1.0.0'])
    expect(first).toMatchObject({ version: '1.1.0', licence: 'sha256-a' })
    expect(first.statement).toEqual({ summary: 'Stories.' })
    const two = { licences: [...community.licences, { digest: 'sha256-b' }] }
    expect(firstDraft({ versions: [], drafts: null, community: two }, []).licence).toBe('')
  })

  it('reads what it is made from line by line, as an address or an id with a version', () => {
    const parents =
      ' /datasets/d_0abc 1.0.0\n\nhttps://registry.example/datasets/d_9xyz, 2.1.0-beta.1'
    expect(faults({ parents })).toEqual([])
    expect(toVersionInput('d1', { ...draft, parents }, []).parents).toEqual([
      { dataset: 'd_0abc', version: '1.0.0' },
      { dataset: 'd_9xyz', version: '2.1.0-beta.1' },
    ])
    for (const strange of ['d_0abc', 'the songs 1.0.0', 'd_0abc 1.0.0 and another'])
      expect(faults({ parents: `d_0abc 1.0.0\n${strange}` })).toEqual(['parents'])
  })

  it('says of files and folders at the top what they are, as long as they are chosen', () => {
    const placed = { 'test/': 'test', 'model.txt': '', 'gone/': 'code' }
    const paths = ['test/a.txt', 'test/b/c.txt', 'model.txt', 'words.txt']
    expect(topEntries(paths)).toEqual(['test/', 'model.txt', 'words.txt'])
    expect(toVersionInput('d1', { ...draft, artefacts: placed }, paths).artefacts).toEqual([
      { path: 'test/', artefact: 'test' },
    ])
  })

  it('sends trimmed answers and leaves out empty ones', () => {
    const typed = { ...draft, statement: { summary: ` ${sixty} `, other: '  ' } }
    expect(toVersionInput('d1', typed, []).statement).toEqual([{ field: 'summary', text: sixty }])
  })
})
