import { describe, expect, it } from 'vitest'
import { neededFiles, noFileNotes, noteFiles } from '../../../api/src/log/index.ts'

type Event = readonly [type: string, data: Parameters<typeof noteFiles>[1]['data']]

const made = (contribution: string, ...files: string[]): Event => [
  'contribution.made',
  { contribution, files: files.map((sha256) => ({ sha256 })) },
]
const withdrawn = (contribution: string): Event => ['contribution.withdrawn', { contribution }]
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

  it('are not those of a contribution that was withdrawn before any version was made of it', () => {
    expect(needed(made('k_1', 'a'), withdrawn('k_1'))).toEqual({})
    expect(needed(made('k_1', 'a'), assembled('k_1'), withdrawn('k_1'))).toEqual({ a: 0 })
    expect(needed(made('k_1', 'a'), withdrawn('k_1'), assembled('k_1'))).toEqual({ a: 0 })
    expect(needed(made('k_1', 'a'), assembled('k_2'), withdrawn('k_1'))).toEqual({})
  })

  it('are still those that somebody else contributed as well', () => {
    expect(needed(made('k_1', 'a'), made('k_2', 'a'), withdrawn('k_1'))).toEqual({ a: 1 })
  })
})
