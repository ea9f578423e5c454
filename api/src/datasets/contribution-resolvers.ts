import type { Resolvers } from '../graphql/generated.ts'
import { consentProblemOf } from './consent.ts'
import {
  type Contribution as ContributionOf,
  shownEvidence,
  withdrawnUnits,
} from './contribution.ts'
import { loaders } from './loaders.ts'
import { qualityView } from './quality-view.ts'

const iso = (at: number): string => new Date(at).toISOString()
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))

const pathsOf = ({ files }: ContributionOf, digests: readonly string[]): string[] =>
  files.filter(({ sha256 }) => digests.includes(sha256)).map(({ path }) => path)

const contribution: Resolvers['Contribution'] = {
  dataset: async ({ dataset: id }, _, context) => {
    const about = await loaders(context).dataset(id)
    if (!about) throw new Error(`dataset ${id} is named but not there`)
    return about
  },
  // What waits for a vote has no address from which it could be fetched.
  files: ({ files }) => files.map((file) => ({ ...file, url: '' })),
  consent: (one) => ({
    ...(one.consent ?? { scope: '', maxStage: 0, evidence: '', minors: false }),
    hasEvidence: shownEvidence(one, '') !== null,
  }),
  at: ({ at }) => iso(at),
  speakers: ({ speakers = [], witnessed = [], ...one }) =>
    speakers.map(({ evidenceFile: _, ...consent }) => ({
      ...consent,
      hasEvidence: shownEvidence({ ...one, speakers }, consent.speaker) !== null,
      witnessed: witnessed.includes(consent.speaker),
    })),
  withdrawn: (one) => pathsOf(one, withdrawnUnits(one)),
  eraseAt: ({ eraseAt }) => isoOrNull(eraseAt ?? null),
  erased: (one) =>
    pathsOf(
      one,
      (one.erased ?? []).map(({ sha256 }) => sha256),
    ),
  uncovered: (one) => consentProblemOf(one, () => 1),
  quality: ({ quality }) => (quality ? qualityView(quality) : null),
}

export const resolvers: Resolvers = {
  Query: {
    contribution: async (_, { id }, context) => {
      const one = await context.datasets.contribution(id)
      if (!one || !context.actor) return null
      if (one.contributor === context.actor.account.id) return one
      const about = await loaders(context).dataset(one.dataset)
      return about && (await context.datasets.maySteward(about, context.actor)) ? one : null
    },
    consentEvidence: async (_, { contribution: id, speaker }, { datasets, actor }) => {
      const found = await datasets.evidence(actor, id, speaker ?? '')
      return found && { mediaType: found.mediaType, content: found.bytes.toString('base64') }
    },
  },
  Contribution: contribution,
}
