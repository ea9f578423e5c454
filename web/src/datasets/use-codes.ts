/** The order in which the forms offer the kernel's words; a test holds the two lists together. */
export const purposeCodes = [
  'communityUse',
  'learning',
  'revitalisation',
  'publicService',
  'preservation',
  'linguisticResearch',
  'languageTechnologyResearch',
  'evaluation',
  'journalism',
  'communityProduct',
  'commercialProduct',
  'advertising',
  'voiceImitation',
  'surveillance',
  'profiling',
  'corpusBuilding',
  'unlisted',
] as const

export const actorCodes = [
  'individual',
  'communityBody',
  'academic',
  'publicBody',
  'nonprofit',
  'commercial',
] as const

/** Everything a person can intend; that a dataset exists is no longer a question on its page. */
export const actionCodes = [
  'preview',
  'useInPlace',
  'download',
  'derive',
  'train',
  'redistribute',
] as const
