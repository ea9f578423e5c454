/**
 * The closed vocabulary of the licence profile. A word that is not in these tables has no meaning
 * to the evaluator, so a licence that uses one is rejected instead of being half understood.
 */

/** What can be done with a dataset. The registry enforces the first four; the rest are declared. */
export const ACTIONS = [
  'discover',
  'preview',
  'useInPlace',
  'download',
  'derive',
  'train',
  'redistribute',
] as const
export type Action = (typeof ACTIONS)[number]

/** What the ODRL umbrella action `use` stands for in this profile: everything but discovery. */
export const USE_ACTIONS: readonly Action[] = ACTIONS.filter((action) => action !== 'discover')

/** Why somebody asks. `unlisted` satisfies no purpose test: people decide it. */
export const PURPOSES = [
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
export type Purpose = (typeof PURPOSES)[number]

export const ACTOR_KINDS = [
  'individual',
  'communityBody',
  'academic',
  'publicBody',
  'nonprofit',
  'commercial',
] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

/** Classes of country as one licence sees them; see `territory.ts` for how a country is placed. */
export const TERRITORIES = ['home', 'region', 'nonHighIncome', 'other'] as const
export type Territory = (typeof TERRITORIES)[number]

export const DUTY_KINDS = [
  'attribute',
  'noticeLabels',
  'reportBack',
  'shareBack',
  'shareAlike',
  'informCouncil',
  'benefitShare',
  'deleteOnEnd',
  'reaccept',
  'secureStorage',
] as const
export type DutyKind = (typeof DUTY_KINDS)[number]

/** How a duty lives: when it binds, what shows that it was kept, and who looks at that. */
export interface DutyTraits {
  readonly phase: 'precondition' | 'ongoing' | 'deadline'
  readonly evidence: 'citation' | 'report' | 'artefact' | 'notice' | 'receipt' | 'attestation'
  readonly verifier: 'system' | 'council'
}

export const DUTIES: Readonly<Record<DutyKind, DutyTraits>> = {
  attribute: { phase: 'ongoing', evidence: 'citation', verifier: 'council' },
  noticeLabels: { phase: 'ongoing', evidence: 'citation', verifier: 'council' },
  reportBack: { phase: 'deadline', evidence: 'report', verifier: 'council' },
  shareBack: { phase: 'deadline', evidence: 'artefact', verifier: 'council' },
  shareAlike: { phase: 'ongoing', evidence: 'attestation', verifier: 'council' },
  informCouncil: { phase: 'precondition', evidence: 'notice', verifier: 'system' },
  benefitShare: { phase: 'deadline', evidence: 'receipt', verifier: 'council' },
  deleteOnEnd: { phase: 'deadline', evidence: 'attestation', verifier: 'system' },
  reaccept: { phase: 'precondition', evidence: 'attestation', verifier: 'system' },
  secureStorage: { phase: 'ongoing', evidence: 'attestation', verifier: 'council' },
}
