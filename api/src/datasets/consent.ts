import { z } from 'zod'
import { type Consent, type Contribution, liveUnits, type Unit } from './contribution.ts'

const rung = 'Choose a rung of the release ladder from 0 to 5.'

/** Consent as the contributor records it. */
export const consentShape = z.object({
  basis: z.enum(
    ['own', 'community', 'others-with-consent'],
    'Say whose words these are: own, community or others-with-consent.',
  ),
  scope: z.string().trim().min(1, 'Say what the speakers agreed to.').max(4000),
  maxStage: z.int(rung).min(0, rung).max(5, rung),
  evidence: z
    .string()
    .trim()
    .min(1, 'Say how consent was given, so that someone could check it.')
    .max(4000),
  evidenceUpload: z.string().max(64).nullish(),
  minors: z.boolean('Say whether minors are among the speakers.'),
})

const pseudonym = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,32}$/, 'Call a speaker by letters and digits such as S01, not by name.')

export const speakerNames = z.array(pseudonym).max(32).nullish()

/** Consents of single speakers, each under a name that tells nothing. */
export const speakersShape = z
  .array(consentShape.extend({ speaker: pseudonym }))
  .max(500, 'Record at most 500 speakers at a time.')
  .refine(
    (all) => new Set(all.map(({ speaker }) => speaker)).size === all.length,
    'Two consents are of the same speaker; record one each.',
  )
  .nullish()

/** Why a unit may not be opened up to a rung, in words; null when every consent it needs covers it. */
const unitProblem = (
  { consent, speakers = [], witnessed = [] }: Contribution,
  { path, speakers: needed = [] }: Unit,
  stage: number,
): string | null => {
  const all: readonly (readonly [string, Consent | null | undefined])[] = [
    ['', consent],
    ...needed.map((name) => [name, speakers.find(({ speaker }) => speaker === name)] as const),
  ]
  for (const [name, one] of all) {
    const whose = name === '' ? 'the contribution' : `speaker ${name}`
    if (!one) return `${path}: there is no consent of ${whose}`
    if (one.maxStage < stage)
      return `${path}: the consent of ${whose} covers rung ${one.maxStage} at most`
    if (one.minors && !witnessed.includes(name))
      return `${path}: minors speak, and no steward has witnessed the consent of ${whose}`
  }
  return null
}

/**
 * Why a contribution may not be opened, each unit up to its rung (0 to 5), in words; null when each of
 * its live units is covered by every consent it needs.
 */
export const consentProblemOf = (
  contribution: Contribution,
  stageFor: (unit: Unit) => number,
): string | null => {
  for (const unit of liveUnits(contribution)) {
    const problem = unitProblem(contribution, unit, stageFor(unit))
    if (problem !== null) return problem
  }
  return null
}
