import { describe, expect, it } from 'vitest'
import { neededFiles, noFileNotes, noteFiles } from '../../../api/src/log/index.ts'

type Event = readonly [type: string, data: Parameters<typeof noteFiles>[1]['data']]

const made = (contribution: string, ...files: string[]): Event => [
  'contribution.made',
  { contribution, files: files.map((sha256) => ({ sha256 })) },
]
const withdrawn = (contribution: string): Event => ['contribution.withdrawn', { contribution }]
const erased = (contribution: string, gone: Event[1]): Event => [
  'contribution.erased',
  { contribution, ...gone },
]
const assembled = (...contributions: string[]): Event => ['version.assembled', { contributions }]

const needed = (...events: Event[]) => {
  const notes = noFileNotes()
  for (const [idx, [type, data]] of events.entries()) noteFiles(notes, { idx, type, data })
  return Object.fromEntries(neededFiles(notes))
}

describe('the files that the log needs', () => {
  it('are those of every contribution, each with the first event that names it', () => {
    expect(needed(made('k_1', 'a', 'b'), made('k_2', 'b', 'c'))).toEqual({ a: 0, b: 0, c: 1 })
  })

  it('are those that were taken back until they are destroyed', () => {
    const one = made('k_1', 'a', 'b')
    expect(needed(one, withdrawn('k_1'))).toEqual({ a: 0, b: 0 })
    expect(needed(one, withdrawn('k_1'), erased('k_1', { units: ['a'] }))).toEqual({ b: 0 })
  })

  it('are those that show a consent until nothing is left that it stands for', () => {
    const [type, data] = made('k_1', 'a')
    const shown: Event = [type, { ...data, evidence: [{ sha256: 'form' }] }]
    expect(needed(shown, erased('k_1', { units: ['b'] }))).toEqual({ a: 0, form: 0 })
    expect(needed(shown, erased('k_1', { units: ['a'], evidence: ['form'] }))).toEqual({})
  })

  it('are not those that only datasets hold that have been taken down', () => {
    const into = (dataset: string, [type, data]: Event): Event => [type, { ...data, dataset }]
    const down: Event = ['dataset.takendown', { dataset: 'd_1' }]
    const one = into('d_1', made('k_1', 'a', 'b'))
    expect(needed(one, assembled('k_1'), down)).toEqual({})
    expect(needed(one, down, into('d_2', made('k_2', 'b')))).toEqual({ b: 2 })
  })

  it('are still those that somebody else contributed as well', () => {
    const gone = erased('k_1', { units: ['a'] })
    expect(needed(made('k_1', 'a'), made('k_2', 'a'), gone)).toEqual({ a: 1 })
  })
})
