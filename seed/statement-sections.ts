import type { StatementDraft } from './corpora/statement.ts'

/** A drafted statement as the sections the registry asks for. */
export const statementSections = (
  draft: StatementDraft,
): readonly { readonly field: string; readonly text: string }[] => {
  const { rai } = draft
  const sections: Readonly<Record<string, string>> = {
    summary: draft.summary,
    curationRationale: draft.curationRationale,
    sourceDatasets: draft.sourceDatasets
      .map(({ title, url, licence }) => `${title} (${url}), ${licence}`)
      .join('; '),
    languageVarieties: draft.languageVarieties
      .map(({ tag, prose }) => `${tag}: ${prose}`)
      .join('\n'),
    speakers: draft.demographic,
    situation: draft.linguisticSituation,
    collection: `${rai.dataCollection} ${rai.dataCollectionType} ${rai.dataCollectionTimeframe}`,
    preprocessing: draft.preprocessing,
    limitations: `${draft.limitations} ${rai.dataLimitations}`,
    biases: rai.dataBiases,
    uses: rai.dataUseCases,
    socialImpact: rai.dataSocialImpact,
    sensitive: rai.personalSensitiveInformation,
    ethicalReview: draft.disclosure,
    distribution: draft.distribution,
    maintenance: `${draft.maintenance} ${rai.dataReleaseMaintenancePlan}`,
    withdrawal: 'Write to the steward of the community; the council cannot refuse a withdrawal.',
    benefit: 'Demonstration data: whoever uses it learns how a community keeps its own.',
  }
  return Object.entries(sections).map(([field, text]) => ({ field, text }))
}
