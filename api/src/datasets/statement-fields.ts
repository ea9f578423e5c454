/** One section of the data statement. */
export interface StatementField {
  readonly field: string
  readonly title: string
  readonly help: string
  readonly required: boolean
}

const required = (field: string, title: string, help: string): StatementField => ({
  field,
  title,
  help,
  required: true,
})

const optional = (field: string, title: string, help: string): StatementField => ({
  field,
  title,
  help,
  required: false,
})

/**
 * The elements of a data statement (Bender and Friedman, version 3) with what Croissant RAI 1.0
 * asks beyond them. "Unknown" is an answer; nothing is not.
 */
export const STATEMENT_FIELDS: readonly StatementField[] = [
  required('summary', 'Summary', 'What this dataset is, in 60 to 100 words.'),
  required('curationRationale', 'Why these words', 'Which words were chosen, by whom and why.'),
  required('sourceDatasets', 'Where it comes from', 'Each source and the licence it came under.'),
  required('languageVarieties', 'Language varieties', 'A BCP 47 tag and a description of each.'),
  required(
    'speakers',
    'Who speaks or writes',
    'Age, place and background as totals, in categories the community chose.',
  ),
  required('situation', 'Speech situation', 'When, where and for whom it was said or written.'),
  required(
    'collection',
    'How it was collected',
    'Who collected it, with what, and in which years.',
  ),
  required('preprocessing', 'What was changed', 'Cleaning, normalisation and what was left out.'),
  required('limitations', 'Limits', 'What it does not cover and where it misleads.'),
  required('biases', 'Biases', 'Whose voices are over- or under-represented.'),
  required('uses', 'Fitting and unfitting uses', 'What it was made for and what it is not for.'),
  required('socialImpact', 'Effect on people', 'What good or harm its use may do.'),
  required(
    'sensitive',
    'Personal and sacred content',
    'What is in it about people or restricted matters.',
  ),
  required('ethicalReview', 'Ethical review', 'Who reviewed it and how consent was given.'),
  required('distribution', 'Distribution', 'How and to whom it is handed out.'),
  required('maintenance', 'Maintenance', 'Who corrects it, how often, and how to reach them.'),
  required('withdrawal', 'Withdrawal', 'How a speaker takes words back and who answers.'),
  required('benefit', 'Benefit', 'What the community gets from its use.'),
  optional('annotation', 'Annotation', 'Protocol, tools and how many people marked each item.'),
  optional('annotators', 'Annotators', 'Who marked it, as totals.'),
  optional('quality', 'Quality', 'Recording quality, error rates, checks made.'),
  optional('ownLanguage', 'In its own language', 'This statement in the language of the dataset.'),
  optional('glossary', 'Glossary', 'Words a reader may not know.'),
  optional('other', 'Anything else', 'What the questions above left out.'),
]

/** Fields that are required for this dataset but hold no answer. */
export const missingFields = (
  statement: Readonly<Record<string, string>>,
  annotated: boolean,
): readonly string[] =>
  STATEMENT_FIELDS.filter(({ required, field }) => required || (annotated && ANNOTATED.has(field)))
    .map(({ field }) => field)
    .filter((field) => (statement[field] ?? '').trim() === '')

/** Required as well when people or machines marked the data. */
const ANNOTATED = new Set(['annotation', 'annotators'])

/** Words of a text in any script; the summary needs 60 to 100. */
export const countWords = (text: string): number => {
  let words = 0
  for (const { isWordLike } of new Intl.Segmenter('und', { granularity: 'word' }).segment(text))
    if (isWordLike) words++
  return words
}

export const SUMMARY_WORDS = { least: 60, most: 100 } as const
