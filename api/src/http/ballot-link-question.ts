import { z } from 'zod'

/** What the page of a voting link asks of the same resolvers as every other page. */
export const BALLOT_QUESTION = `query ($id: ID!) {
  proposal(id: $id) {
    id title text rule closesAt
    community { name fictitious }
    subject {
      kind stage member facts
      dataset { title licence { title version summary { text } } }
      version { version licence { title version summary { text } } }
      licence { title version summary { text } }
      request {
        requester project purposes actions days facts
        decision { reasons { text } duties { text } }
      }
      changes { wider narrower dutiesAdded dutiesRemoved complete }
      impact { datasets grants reaccept closed duties }
      charterChanges { matter removed added }
    }
    myBallot { choice reason at entry }
  }
}`

const texts = z.array(z.object({ text: z.string() }))
/** Facts by name; whatever is no word or number is left out. */
const declared = z
  .record(z.string(), z.unknown())
  .nullable()
  .transform((facts) => {
    if (!facts) return null
    const said: Record<string, string | number> = {}
    for (const [name, value] of Object.entries(facts))
      if (typeof value === 'string' || typeof value === 'number') said[name] = value
    return said
  })
const licence = z.object({ title: z.string(), version: z.number(), summary: texts }).nullable()

const question = z.object({
  proposal: z.object({
    id: z.string(),
    title: z.string(),
    text: z.string(),
    rule: z.array(z.string()),
    closesAt: z.string(),
    community: z.object({ name: z.string(), fictitious: z.boolean() }),
    subject: z.object({
      kind: z.string(),
      stage: z.number().nullable(),
      member: z.string().nullable(),
      facts: declared,
      dataset: z.object({ title: z.string(), licence }).nullable(),
      version: z.object({ version: z.string(), licence }).nullable(),
      licence,
      request: z
        .object({
          requester: z.string().nullable(),
          project: z.string(),
          purposes: z.array(z.string()),
          actions: z.array(z.string()),
          days: z.number(),
          facts: declared,
          decision: z.object({ reasons: texts, duties: texts }),
        })
        .nullable(),
      changes: z
        .object({
          wider: z.array(z.string()),
          narrower: z.array(z.string()),
          dutiesAdded: z.array(z.string()),
          dutiesRemoved: z.array(z.string()),
          complete: z.boolean(),
        })
        .nullable(),
      impact: z
        .object({
          datasets: z.number(),
          grants: z.number(),
          reaccept: z.number(),
          closed: z.number(),
          duties: z.number(),
        })
        .nullable(),
      charterChanges: z
        .array(
          z.object({
            matter: z.string().nullable(),
            removed: z.array(z.string()),
            added: z.array(z.string()),
          }),
        )
        .nullable(),
    }),
    myBallot: z
      .object({
        choice: z.enum(['yes', 'no', 'abstain', 'object']),
        reason: z.string().nullable(),
        at: z.string(),
        entry: z.number(),
      })
      .nullable(),
  }),
})

export type BallotQuestion = z.output<typeof question>['proposal']

/** Throws when our own answer is not what was asked for. */
export const readQuestion = (data: unknown): BallotQuestion => question.parse(data).proposal
