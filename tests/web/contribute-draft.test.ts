import { describe, expect, it } from 'vitest'
import { allowedExtensions } from '../../api/src/datasets/media-types.ts'
import {
  type ContributeDraft,
  contributeProblems,
  contributeSteps,
  datasetKinds,
  emptyContribution,
  fitsKind,
  kindEndings,
  toContributeInput,
  toDatasetInput,
} from '../../web/src/datasets/contribute-draft.ts'
import { restoredQueue } from '../../web/src/datasets/upload-queue.ts'

const complete: ContributeDraft = {
  ...emptyContribution,
  community: 'c1',
  title: 'Stories',
  description: 'Told by elders.',
  kind: 'text',
  languages: 'mi, en-NZ',
  keywords: 'stories, told aloud',
  basis: 'community',
  scope: 'teaching and research',
  maxStage: '4',
  evidence: 'minute of the meeting',
  minors: 'no',
}
const arrived = restoredQueue([{ path: 'a/b.txt', size: 3, modified: 1, upload: 'u1' }])
const fields = (change: Partial<ContributeDraft>, queue = arrived) =>
  contributeSteps
    .flatMap((step) => contributeProblems(step, { ...complete, ...change }, queue))
    .map(({ field }) => field)

describe('the contribute wizard', () => {
  it('has nothing to complain of when everything is filled and sent', () => {
    expect(fields({})).toEqual([])
  })

  it.each([
    'community',
    'title',
    'description',
    'kind',
    'languages',
    'basis',
    'scope',
    'maxStage',
    'evidence',
    'minors',
  ] as const)('names the field %s when only that is empty', (field) => {
    expect(fields({ [field]: '' })).toEqual([field])
  })

  it('asks nothing about a new dataset when an existing one is chosen', () => {
    expect(fields({ dataset: 'd1', title: '', kind: '' })).toEqual([])
  })

  it('names the language tag that is no tag', () => {
    expect(
      contributeProblems('dataset', { ...complete, languages: 'mi, te_reo' }, arrived),
    ).toEqual([{ field: 'languages', key: 'problem.tag', values: { tag: 'te_reo' } }])
  })

  it('does not go past the files while one has not arrived', () => {
    const partly = restoredQueue([
      { path: 'a', size: 1, modified: 1, upload: 'u1' },
      { path: 'b', size: 1, modified: 1, upload: null },
    ])
    expect(fields({}, partly)).toEqual(['files'])
    expect(fields({}, restoredQueue([]))).toEqual(['files'])
  })

  it('asks about minors outright: no answer is not a no', () => {
    expect(fields({ minors: '' })).toEqual(['minors'])
    expect(toContributeInput({ ...complete, minors: 'yes' }, arrived, 'k').consent.minors).toBe(
      true,
    )
  })

  it('sends the ids of the finished uploads under the paths they had', () => {
    expect(toContributeInput({ ...complete, dataset: 'd1' }, arrived, 'k')).toMatchObject({
      dataset: 'd1',
      files: [{ upload: 'u1', path: 'a/b.txt' }],
      consent: { maxStage: 4, minors: false },
      key: 'k',
    })
  })

  it('reads lists of tags and of phrases', () => {
    expect(toDatasetInput(complete)).toMatchObject({
      languages: ['mi', 'en-NZ'],
      keywords: ['stories', 'told aloud'],
    })
  })
})

describe('the files a dataset takes', () => {
  it('are the same before sending as at the registry', () => {
    for (const kind of datasetKinds) expect(kindEndings[kind]).toEqual(allowedExtensions(kind))
  })

  it('are told by their ending, whatever its case', () => {
    expect(fitsKind('a/Story.TXT', 'text')).toBe(true)
    expect(fitsKind('a/story.wav', 'text')).toBe(false)
    expect(fitsKind('a/story.wav', 'speech')).toBe(true)
    expect(fitsKind('txt', 'text')).toBe(false)
  })
})
