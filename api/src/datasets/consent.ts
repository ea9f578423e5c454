import { z } from 'zod'

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
  minors: z.boolean('Say whether minors are among the speakers.'),
})
