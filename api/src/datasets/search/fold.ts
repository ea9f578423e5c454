/** Letters that Unicode doesn't decompose but that people type without their hook, bar or ligature. */
const PLAIN: Readonly<Record<string, string>> = {
  ɓ: 'b',
  ƀ: 'b',
  ƈ: 'c',
  ɗ: 'd',
  ɖ: 'd',
  đ: 'd',
  ð: 'd',
  ə: 'e',
  ɛ: 'e',
  ǝ: 'e',
  ƒ: 'f',
  ɠ: 'g',
  ɣ: 'g',
  ǥ: 'g',
  ħ: 'h',
  ɦ: 'h',
  ı: 'i',
  ɨ: 'i',
  ɩ: 'i',
  ƙ: 'k',
  ł: 'l',
  ŋ: 'n',
  ɲ: 'n',
  ɔ: 'o',
  ø: 'o',
  ɵ: 'o',
  ƥ: 'p',
  ʀ: 'r',
  ɍ: 'r',
  ŧ: 't',
  ƭ: 't',
  ʈ: 't',
  ʉ: 'u',
  ʊ: 'u',
  ʋ: 'v',
  ƴ: 'y',
  ʒ: 'z',
  ƶ: 'z',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  þ: 'th',
  ς: 'σ',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
}

const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu')

/**
 * Marks that readers leave out: accents (script Inherited), vowel points and tone marks of the
 * scripts named. Vowel signs of Indic scripts, Thai or Khmer are letters in all but name and stay.
 */
const OPTIONAL_MARK =
  /(?=\p{M})[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Nko}\p{Script=Adlam}\p{Script=Cyrillic}]/gu

/** Apostrophes, ʻokina, saltillo, click letters, the Arabic stretching bar, invisible characters. */
const DROPPED = /['’‘‛`´′ʹʻʼʽʾʿˈꞌǀǁǂǃـ\p{Cf}]/gu

const ASCII_WORDS = /^[a-z0-9 ]*$/

/**
 * The form in which "maori", "MĀORI" and "Māori" are one: NFKD (Unicode Standard Annex 15), lower
 * case, plain letters for hooked ones, no optional marks, no apostrophes; then composed again.
 * Idempotent; never throws.
 */
export const fold = (text: string): string => {
  if (ASCII_WORDS.test(text)) return text
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .replace(OPTIONAL_MARK, '')
    .replace(DROPPED, '')
    .normalize('NFC')
}

const QUOTES_AROUND = /(?<![\p{L}\p{M}\p{N}])['’‘`´]+|['’‘`´]+(?![\p{L}\p{M}\p{N}])/gu
const APOSTROPHE = /['’‘‛`´ʻʼʽʾʿꞌ]/gu

/**
 * The form that counts as an exact match: lower case and NFC with every mark kept. Quotation marks
 * around a word go; whatever stands for an apostrophe inside becomes U+02BC.
 */
export const exactForm = (text: string): string => {
  if (ASCII_WORDS.test(text)) return text
  return text
    .toLowerCase()
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(QUOTES_AROUND, ' ')
    .replace(APOSTROPHE, 'ʼ')
}
