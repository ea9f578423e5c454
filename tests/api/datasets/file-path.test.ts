import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fileUrl,
  parseFilePath,
  pathConflict,
  pathKey,
} from '../../../api/src/datasets/file-path.ts'

const accepted = (path: string) => parseFilePath(path).ok

describe('a file path', () => {
  it.each([
    'words.csv',
    'ngā kupu/tauira 1.jsonl',
    'ẹ̀kọ́.txt',
    'ʻōlelo.txt',
    'فارسی\u200cها.txt',
    'a/b/c.d.e',
    '...hidden',
  ])('accepts %j', (path) => {
    expect(accepted(path)).toBe(true)
  })

  it.each([
    ['', 'nothing'],
    ['/words.csv', 'a leading slash'],
    ['words/', 'a trailing slash'],
    ['a//b', 'two slashes'],
    ['../words.csv', 'a step up'],
    ['a/./b', 'a step nowhere'],
    ['a/..', 'a step up at the end'],
    ['a#b', 'a number sign'],
    ['a?b', 'a question mark'],
    ['a%2e', 'a percent sign'],
    ['a\\b', 'a backslash'],
    ['a\0b', 'a NUL'],
    ['a\nb', 'a line feed'],
    ['a\u0085b', 'a C1 control'],
    ['a\u202ebcod.exe', 'a direction override'],
    ['a\ufeffb', 'a byte order mark'],
    ['\ud800', 'half a character'],
    [' a', 'a space in front'],
    ['a /b', 'a space behind a folder'],
    ['a'.repeat(256), 'a name beyond 255 bytes'],
    ['ā'.repeat(128), 'a name beyond 255 bytes in UTF-8'],
    [Array(300).fill('a').join('/'), 'a path beyond 512 bytes'],
  ])('refuses %j: %s', (path) => {
    expect(accepted(path)).toBe(false)
  })

  it('is stored in one Unicode form, however it was typed', () => {
    expect(parseFilePath('nga\u0304 kupu.txt')).toEqual({ ok: true, path: 'ngā kupu.txt' })
  })

  it('never leaves the folder it is put in and survives a URL, whatever was typed', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.stringMatching(/^[./a-zĀ\\%#? ]{0,20}$/),
    )
    fc.assert(
      fc.property(text, (typed) => {
        const read = parseFilePath(typed)
        if (!read.ok) return
        const url = fileUrl(
          { dataset: 'd_1', version: '1.0.0' } as Parameters<typeof fileUrl>[0],
          read.path,
        )
        const seen = new URL(url, 'http://127.0.0.1/').pathname
        expect(seen).toBe(url)
        expect(decodeURIComponent(seen).endsWith(`/files/${read.path}`)).toBe(true)
        expect(parseFilePath(read.path)).toEqual(read)
      }),
      { numRuns: 500 },
    )
  })
})

describe('files of one version', () => {
  it.each([
    [['a.txt', 'A.TXT'], 'A.TXT'],
    [['Ngā.txt', 'NGA\u0304.TXT'], 'NGA\u0304.TXT'],
    [['straße.txt', 'STRASSE.txt'], 'STRASSE.txt'],
    [['words', 'words/a.txt'], 'words'],
    [['Words/a.txt', 'words'], 'words'],
  ])('%j collide', (paths, conflict) => {
    expect(pathConflict(paths)).toBe(conflict)
  })

  it('with names of their own do not collide', () => {
    expect(pathConflict(['a.txt', 'b.txt', 'a/b.txt', 'a/c.txt', 'ab.txt'])).toBeNull()
  })

  it('collide exactly when two of them have one key or one is a folder of another', () => {
    const path = fc.array(fc.constantFrom('a', 'A', 'b', 'ā', 'Ā'), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(path, { maxLength: 6 }), (lists) => {
        const paths = lists.map((names) => names.join('/'))
        const keys = paths.map(pathKey)
        const collides = keys.some((key, i) =>
          keys.some((other, j) => i !== j && (other === key || other.startsWith(`${key}/`))),
        )
        expect(pathConflict(paths) !== null).toBe(collides)
      }),
    )
  })
})
