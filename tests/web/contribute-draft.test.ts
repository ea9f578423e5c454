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
  newSpeaker,
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

  it('waits for the forms that show a consent, and hands them in', () => {
    const form = { name: 'form.jpg', size: 3, upload: 'u2' }
    const speaker = { ...newSpeaker([], ['a/b.txt']), scope: 'x', maxStage: '1', evidence: 'x' }
    const waiting = { ...form, upload: null }
    expect(fields({ evidenceFile: waiting })).toEqual(['evidenceFile'])
    expect(fields({ speakers: [{ ...speaker, evidenceFile: waiting }] })).toEqual(['speakers'])
    const both = { evidenceFile: form, speakers: [{ ...speaker, evidenceFile: form }] }
    expect(fields(both)).toEqual([])
    const input = toContributeInput({ ...complete, ...both }, arrived, 'k')
    expect(input.consent.evidenceUpload).toBe('u2')
    expect(input.speakers?.[0]?.evidenceUpload).toBe('u2')
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

describe('single speakers', () => {
  const agreed = { scope: 'teaching', maxStage: '2', evidence: 'signed sheet' }
  const mere = { ...newSpeaker([], ['a/b.txt']), ...agreed }
  const problems = (...speakers: readonly (typeof mere)[]) =>
    contributeProblems('consent', { ...complete, speakers }, arrived).map(({ key }) => key)

  it('get the next free name, which tells nothing, and all files', () => {
    expect(mere).toMatchObject({ name: 'S01', files: ['a/b.txt'] })
    const renamed = { ...newSpeaker([mere], []), name: 'S03' }
    expect(newSpeaker([mere, renamed], []).name).toBe('S04')
  })

  it('are named with the files in which they are heard, and with what they agreed to', () => {
    const silent = { ...mere, key: 'S02', name: 'S02', files: ['other.txt'] }
    const draft = { ...complete, speakers: [mere, silent] }
    const input = toContributeInput(draft, arrived, 'k')
    expect(input.files).toEqual([{ upload: 'u1', path: 'a/b.txt', speakers: ['S01'] }])
    expect(input.speakers?.[0]).toEqual({
      speaker: 'S01',
      basis: 'community',
      scope: 'teaching',
      maxStage: 2,
      evidence: 'signed sheet',
      minors: false,
    })
  })

  it('keep nothing back when every question is answered', () => {
    expect(problems(mere)).toEqual([])
  })

  it.each([
    ['a name that may be their own', { name: 'Mere Tau' }, 'problem.speakerName'],
    ['no agreement', { scope: ' ' }, 'problem.speakerOpen'],
    ['no rung', { maxStage: '' }, 'problem.speakerOpen'],
    ['no evidence', { evidence: '' }, 'problem.speakerOpen'],
    ['no file', { files: [] }, 'problem.speakerOpen'],
  ])('are asked about when there is %s', (_, change, problem) => {
    expect(problems({ ...mere, ...change })).toEqual([problem])
  })

  it('have names of their own', () => {
    expect(problems(mere, { ...mere, key: 'S02' })).toEqual(['problem.speakerTwice'])
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
