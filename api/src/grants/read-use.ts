import { z } from 'zod'
import { ACTIONS, ACTOR_KINDS, DUTY_KINDS, PURPOSES } from '../../../policies/index.ts'
import { email } from '../people/register.ts'
import { LARGEST_TEAM } from './team.ts'

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]

const ONCE = 'Name each of them once.'
const actions = z.array(z.enum(ACTIONS, 'Choose what you want to do from the list.'))
const purposes = z.array(z.enum(PURPOSES, 'Choose a purpose from the list.'))

// A licence is judged for every action with every purpose: a list that repeats them costs dearly.
const use = z.object({
  actions: actions
    .min(1, 'Choose what you want to do with the data.')
    .max(ACTIONS.length, ONCE)
    .transform(unique),
  purposes: purposes.max(PURPOSES.length, ONCE).transform(unique),
})

/** null is how GraphQL says that nothing was declared. */
const maybe = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined)

/** What somebody declares of themselves. */
export const declaredFacts = z.object({
  actorKind: maybe(z.enum(ACTOR_KINDS)),
  commercialTie: maybe(z.enum(['yes', 'no'])),
  country: maybe(z.string().regex(/^[A-Z]{2}$/, 'Use the two capital letters of ISO 3166-1.')),
  control: maybe(z.enum(['region', 'elsewhere'])),
  ethicsApproval: maybe(z.enum(['yes', 'no'])),
})

/** Duties that are taken on, each once. */
export const acceptedKinds = z
  .array(z.enum(DUTY_KINDS))
  .max(DUTY_KINDS.length, ONCE)
  .transform(unique)

/** What a pre-check is asked about. */
export const precheckInput = z.object({
  dataset: z.string().max(64),
  version: z.string().max(64).nullish(),
  use,
  facts: declaredFacts,
  acceptedDuties: acceptedKinds,
})

/** Days; five years. */
export const LONGEST = 1826

const team = z
  .array(email)
  .max(LARGEST_TEAM, `A team has at most ${LARGEST_TEAM} people beside you.`)

/** What an access request states. */
export const requestInput = precheckInput.extend({
  use: use.extend({
    purposes: purposes
      .min(1, 'Choose what the data is for.')
      .max(PURPOSES.length, ONCE)
      .transform(unique),
  }),
  project: z
    .string()
    .trim()
    .min(20, 'Tell the council in a few sentences what the work is.')
    .max(8000, 'Keep it to 8,000 characters.'),
  days: z.number().int().min(1).max(LONGEST, 'A grant lasts at most five years.'),
  team: team.nullish().transform((given) => unique(given ?? [])),
  key: z.string().max(100).nullish(),
})

/** What is handed in again for a request that was returned: of the same version of the same dataset. */
export const revisionInput = requestInput
  .omit({ dataset: true, version: true, key: true })
  .extend({ request: z.string().max(64) })

/** What asks for a further term of a grant; a team that is left out stays as it is. */
export const renewalInput = requestInput
  .pick({ days: true, acceptedDuties: true, key: true })
  .extend({
    grant: z.string().max(64),
    changes: z
      .string()
      .trim()
      .min(20, 'Tell the council in a few sentences what has changed since, or that nothing has.')
      .max(8000, 'Keep it to 8,000 characters.'),
    team: team.nullish().transform((given) => given && unique(given)),
  })

export type PrecheckInput = z.output<typeof precheckInput>
export type RequestInput = z.output<typeof requestInput>
