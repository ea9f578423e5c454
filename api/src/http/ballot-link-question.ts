import { z } from 'zod'

/** What the page of a voting link asks of the same resolvers as every other page. */
export const BALLOT_QUESTION = `query ($id: ID!) {
  proposal(id: $id) {
    title text rule closesAt
    community { name fictitious }
    subject {
      kind stage member
      dataset { title licence { title version summary { text } } }
      version { version licence { title version summary { text } } }
      licence { title version summary { text } }
      request {
        requester project
        decision { reasons { text } duties { text } }
      }
      changes { wider narrower dutiesAdded dutiesRemoved }
    }
    myBallot { choice reason at entry }
  }
}`

const texts = z.array(z.object({ text: z.string() }))
const licence = z.object({ title: z.string(), version: z.number(), summary: texts }).nullable()

const question = z.object({
  proposal: z.object({
    title: z.string(),
    text: z.string(),
    rule: z.array(z.string()),
    closesAt: z.string(),
    community: z.object({ name: z.string(), fictitious: z.boolean() }),
    subject: z.object({
      kind: z.string(),
      stage: z.number().nullable(),
      member: z.string().nullable(),
      dataset: z.object({ title: z.string(), licence }).nullable(),
      version: z.object({ version: z.string(), licence }).nullable(),
      licence,
      request: z
        .object({
          requester: z.string().nullable(),
          project: z.string(),
          decision: z.object({ reasons: texts, duties: texts }),
        })
        .nullable(),
      changes: z
        .object({
          wider: z.array(z.string()),
          narrower: z.array(z.string()),
          dutiesAdded: z.array(z.string()),
          dutiesRemoved: z.array(z.string()),
        })
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
