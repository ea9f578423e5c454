import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)

/** Reserved by RFC 2606, so that no message can ever reach a stranger. */
const exampleAddress = z.email().endsWith('.example')

const community = z.strictObject({
  slug,
  name: z.string().includes('(fictitious)'),
  description: z.string().includes('fictitious'),
  fictitious: z.literal(true),
  charterTemplate: slug,
  licenceTemplate: slug,
  languages: z.array(z.string()).min(1),
  homeTerritory: z.string().regex(/^[A-Z]{2}$/),
  timeZone: z.string(),
  withdrawalContact: exampleAddress,
})

const membership = z.strictObject({
  community: slug,
  /** Bodies beside `members`, to which everyone belongs. */
  bodies: z.array(slug),
  group: slug.optional(),
})

const person = z.strictObject({
  email: exampleAddress,
  displayName: z.string().min(1),
  actorKind: z.enum(['individual', 'communityBody', 'academic', 'nonprofit', 'commercial']),
  affiliation: z.string().includes('(fictitious)').optional(),
  commercialTie: z.enum(['yes', 'no']).optional(),
  identityAssurance: z.number().int().min(0).max(3).optional(),
  operator: z.boolean().default(false),
  memberships: z.array(membership),
})

const dataset = z.strictObject({
  slug,
  corpus: slug,
  community: slug,
  licence: slug,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** How far the seed takes it along the path from draft to publication. */
  state: z.enum(['draft', 'in-vote', 'published', 'embargoed', 'suspended', 'taken-down']),
  /** Rung of the release ladder asked for: 4 named download, 5 class-wide download. */
  stage: z.number().int().min(0).max(5),
  contributor: exampleAddress,
  steward: exampleAddress,
  keywords: z.array(z.string().min(1)).min(1),
  derivedFrom: z.array(slug).optional(),
  /** Another community that is taken in to keep it, too, under one of its licences. */
  keptWith: z
    .strictObject({ community: slug, licence: slug, rule: z.enum(['all', 'any']) })
    .optional(),
  embargoDays: z.number().int().positive().optional(),
  suspensionReason: z.string().optional(),
  takedownReason: z.string().optional(),
  /** Files and folders that are released by themselves, some of them less far than the rest. */
  artefacts: z
    .array(
      z.strictObject({
        path: z.string(),
        artefact: z.enum(['code', 'training', 'test', 'regime', 'model']),
        stage: z.number().int().min(0).max(5).optional(),
      }),
    )
    .optional(),
  /** A second version, in which one article of the text is left out. */
  revision: z
    .strictObject({
      version: z.string().regex(/^\d+\.\d+\.\d+$/),
      state: z.enum(['published', 'in-vote']),
      leavesOut: z.number().int().positive(),
    })
    .optional(),
})

const plan = z.strictObject({
  communities: z.array(community),
  people: z.strictObject({
    note: z.string(),
    password: z.string().min(12),
    people: z.array(person),
  }),
  datasets: z.array(dataset),
})

export type DemoPlan = z.infer<typeof plan>
export type DemoPerson = DemoPlan['people']['people'][number]
export type DemoDataset = DemoPlan['datasets'][number]

const readJson = async (folder: URL, name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(name, folder), 'utf8'))

/**
 * Reads who and what the demonstration is made of.
 * @param folder the folder `seed/` of the sources, ending in a slash.
 * @throws naming the field, if a file doesn't have the expected shape.
 */
export const readDemoPlan = async (folder: URL): Promise<DemoPlan> =>
  plan.parse({
    communities: await readJson(folder, 'communities.json'),
    people: await readJson(folder, 'people.json'),
    datasets: await readJson(folder, 'datasets.json'),
  })
