import { exactForm, fold } from './fold.ts'

/** The words of a text in both forms; the lists need not be equally long. */
export interface Words {
  readonly exact: readonly string[]
  readonly folded: readonly string[]
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu

/** Scripts written without spaces between words: cut into pairs of characters instead. */
const UNSPACED =
  /((?:(?=[\p{L}\p{N}\p{M}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}])+)/u

const ASCII = /^[a-z0-9]*$/

/** "N|uu" and "!Xun" as typed without click letters. */
const TYPED_CLICK = /[|!](?=\p{L})/gu

const MAX_UNITS = 48

/** Shortens without cutting a character in half. */
const shorten = (word: string): string =>
  word.length <= MAX_UNITS ? word : word.slice(0, MAX_UNITS).replace(/[\uD800-\uDBFF]$/u, '')

/** Pairs of neighbouring characters; in a text, and for a run of one, the characters as well. */
const pairsOf = (run: string, whole: boolean): readonly string[] => {
  const chars = [...run]
  const pairs = chars.slice(0, -1).map((char, at) => char + chars[at + 1])
  return whole || pairs.length === 0 ? [...chars, ...pairs] : pairs
}

const cut = (text: string, whole: boolean): readonly string[] => {
  const words: string[] = []
  for (const word of text.match(WORD) ?? []) {
    if (ASCII.test(word)) words.push(shorten(word))
    else
      word.split(UNSPACED).forEach((part, at) => {
        if (part !== '') words.push(...(at % 2 === 1 ? pairsOf(part, whole) : [shorten(part)]))
      })
  }
  return words
}

const typed = (text: string): string =>
  text.replace(TYPED_CLICK, (sign) => (sign === '!' ? 'ǃ' : 'ǀ'))

const wordsOf = (text: string, whole: boolean): Words => {
  const plain = typed(text)
  return { exact: cut(exactForm(plain), whole), folded: cut(fold(plain), whole) }
}

/** The words a person is looking for. */
export const wordsOfQuery = (text: string): Words => wordsOf(text, false)

/** The words under which a text is found. */
export const wordsOfText = (text: string): Words => wordsOf(text, true)

const MAX_REMEMBERED = 50_000

/**
 * A {@link wordsOfText} that remembers: texts share most of their words, and no rule of folding or
 * cutting looks across white space.
 */
export const createTextReader = (): ((text: string) => Words) => {
  const known = new Map<string, Words>()
  const read = (run: string): Words => {
    const found = known.get(run)
    if (found !== undefined) return found
    const words = wordsOfText(run)
    if (known.size >= MAX_REMEMBERED) known.clear()
    if (run.length <= MAX_UNITS) known.set(run, words)
    return words
  }
  return (text) => {
    const exact: string[] = []
    const folded: string[] = []
    for (const run of text.split(/\s+/u)) {
      const words = read(run)
      exact.push(...words.exact)
      folded.push(...words.folded)
    }
    return { exact, folded }
  }
}
