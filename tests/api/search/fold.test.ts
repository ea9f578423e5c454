import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactForm, fold } from '../../../api/src/datasets/search/fold.ts'
import { wordsOfQuery, wordsOfText } from '../../../api/src/datasets/search/words.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })

describe('folding a text', () => {
  it.each([
    ['Māori', 'maori'],
    ['Ọwọ́ Yorùbá', 'owo yoruba'],
    ['ʻŌlelo Hawaiʻi', 'olelo hawaii'],
    ["Hawai'i", 'hawaii'],
    ['ɓaɗi ƙasa', 'badi kasa'],
    ['Eʋegbe ŋutɔ', 'evegbe nuto'],
    ['Diyarbakır İSTANBUL', 'diyarbakir istanbul'],
    ['Đặng Thuỳ', 'dang thuy'],
    ['Čáhppesuolu ŧ', 'cahppesuolu t'],
    ['العَرَبِيَّة', 'العربيه'],
    ['شِعْرٌ ـــ', 'شعر '],
    ['ǀxam ǂKhomani', 'xam khomani'],
    ['ß Æ Œ Þ', 'ss ae oe th'],
    ['ΛΌΓΟΣ', 'λογοσ'],
    ['한국어', '한국어'],
  ])('makes %s and %s one word', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('keeps the vowel signs of scripts that cannot be read without them', () => {
    expect(fold('हिन्दी')).toBe('हिन्दी')
    expect(fold('พื้นบ้าน')).toBe('พื้นบ้าน')
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => fold(fold(text)) === fold(text)),
      { numRuns: 2000 },
    )
    for (let point = 0; point < 0x30000; point += 1) {
      const once = fold(String.fromCodePoint(point))
      if (fold(once) !== once) expect.fail(`U+${point.toString(16)} folds twice`)
    }
  })

  it('does not see upper case', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aābɓcdeẹnŋoöz') })
    fc.assert(fc.property(letters, (text) => fold(text.toUpperCase()) === fold(text)))
  })
})

describe('the exact form of a text', () => {
  it('keeps marks and ignores case and the kind of apostrophe', () => {
    expect(exactForm("HAWAI'I")).toBe(exactForm('hawaiʻi'))
    expect(exactForm('Ọwọ́')).toBe('ọwọ́')
    expect(exactForm('Ọwọ́')).not.toBe(exactForm('Ọwọ'))
  })

  it('drops quotation marks around a word', () => {
    expect(exactForm("'Māori'").trim()).toBe('māori')
  })
})

describe('cutting a text into words', () => {
  it('holds letters, marks and digits only, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { exact, folded } = wordsOfText(text)
        for (const word of [...exact, ...folded]) expect(word).toMatch(/^[\p{L}\p{M}\p{N}]+$/u)
      }),
      { numRuns: 2000 },
    )
  })

  it('finds in a text every word that the same text looks for', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { folded } = wordsOfText(text)
        for (const word of wordsOfQuery(text).folded) expect(folded).toContain(word)
      }),
    )
  })

  it('cuts scripts without spaces into pairs and single characters', () => {
    expect(wordsOfText('语言数据').folded).toEqual(['语', '言', '数', '据', '语言', '言数', '数据'])
    expect(wordsOfQuery('语言数据').folded).toEqual(['语言', '言数', '数据'])
    expect(wordsOfQuery('语').folded).toEqual(['语'])
  })

  it('never cuts a character in half', () => {
    const { folded } = wordsOfText(`a${'𞤀'.repeat(60)}`)
    expect(folded.some((word) => /\p{Surrogate}/u.test(word))).toBe(false)
  })

  it('shortens endless words, so that they still find each other', () => {
    for (const letter of ['a', 'ā', '𞤀']) {
      const [word = ''] = wordsOfText(letter.repeat(5000)).folded
      expect(word.length).toBeLessThanOrEqual(48)
      expect(wordsOfQuery(letter.repeat(4000)).folded).toEqual([word])
    }
  })

  it('reads typed click letters', () => {
    expect(wordsOfQuery('N|uu').folded).toEqual(['nuu'])
    expect(wordsOfQuery('!Xun').folded).toEqual(wordsOfText('ǃXun').folded)
  })
})
