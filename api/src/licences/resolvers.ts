import { instantiate, parseLicence, spdxId, summarise } from '../../../policies/index.ts'
import { signInFirst } from '../errors.ts'
import { proposalPayload } from '../governance/resolvers.ts'
import type { Resolvers } from '../graphql/generated.ts'
import type { LicenceRecord } from './licences.ts'

const newestOfEach = (records: readonly LicenceRecord[]): LicenceRecord[] =>
  records.filter(({ id, version }) =>
    records.every((other) => other.id !== id || other.version <= version),
  )

/** A template with its holes filled for reading only. */
const example = (document: unknown): unknown =>
  instantiate(document, {
    licence: 'urn:commonhold:licence:example:1',
    target: 'urn:commonhold:dataset:example',
    assigner: 'urn:commonhold:community:example',
    title: 'Example',
    // Antarctica: a country code that stands for nobody.
    home: ['AQ'],
    region: ['AQ'],
    embargo: '2027-01-01T00:00:00Z',
    open: '2028-01-01T00:00:00Z',
    expiry: '2037-01-01T00:00:00Z',
  })

const bodiesOf = (document: unknown): string[] =>
  typeof document === 'object' && document !== null && 'bodies' in document
    ? Object.keys(document.bodies as object)
    : []

export const resolvers: Resolvers = {
  Query: {
    licence: (_, { digest }, { licences }) => licences.licence(digest),
    licences: async (_, __, { licences }) => newestOfEach(await licences.all()),
    licenceTemplates: (_, __, { licences }) => [...licences.licenceTemplates()],
    charterTemplates: (_, __, { licences }) => [...licences.charterTemplates()],
  },
  Community: {
    licences: async ({ id }, _, { licences }) => [...(await licences.adoptedBy(id))],
  },
  Licence: {
    adoptedAt: ({ adoptedAt }) => new Date(adoptedAt).toISOString(),
    community: ({ community }, _, { people }) => people.community(community),
    summary: (record, _, { licences }) => {
      const licence = licences.parsed(record)
      return licence ? [...summarise(licence, 'en')] : []
    },
    preamble: (record, _, { licences }) => [...(licences.parsed(record)?.preamble ?? [])],
    labels: (record, _, { licences }) =>
      licences.parsed(record)?.labels.map(({ code }) => code) ?? [],
    versions: async ({ id, community }, _, { licences }) =>
      (await licences.adoptedBy(community)).filter((one) => one.id === id),
    spdx: ({ digest }) => spdxId(digest),
    codes: (record, _, { licences }) => [...licences.codes(record)],
    claims: (record, _, { licences }) => [...licences.claims(record)],
    changes: async (after, { from }, { licences }) => {
      const own = (await licences.adoptedBy(after.community)).filter(({ id }) => id === after.id)
      const before = own.find(({ digest, version }) =>
        from ? digest === from : version === after.version - 1,
      )
      return before ? licences.change({ before, after }) : null
    },
    openVote: ({ id }, _, { licences }) => licences.voteOn(id),
    proposal: ({ proposal }, _, { governance }) =>
      proposal === null ? null : governance.proposal(proposal),
  },
  LicenceChange: {
    wider: ({ wider }) => [...wider],
    narrower: ({ narrower }) => [...narrower],
    dutiesAdded: ({ dutiesAdded }) => [...dutiesAdded],
    dutiesRemoved: ({ dutiesRemoved }) => [...dutiesRemoved],
  },
  LicenceTemplate: {
    summary: ({ document }) => {
      const parsed = parseLicence(example(document))
      return parsed.ok ? [...summarise(parsed.licence, 'en')] : []
    },
  },
  CharterTemplate: { bodies: ({ document }) => bodiesOf(document) },
  ProposalSubject: {
    changes: async (proposal, _, { licences, governance }) => {
      const { effect, secret } = proposal
      if (effect.kind !== 'licence.adopt') return null
      const versions = await licences.versionsOf(effect.licence)
      const { digest } = effect
      const own = versions.find((one) => one.digest === digest)
      const closesAt = governance.view(proposal)?.closesAt ?? Number.POSITIVE_INFINITY
      // Another version may have been adopted while this vote was open: that is what it would replace.
      const before = versions.find(({ version, adoptedAt }) =>
        own ? version < own.version : adoptedAt <= closesAt,
      )
      const document = own?.document ?? secret.document
      return before ? licences.change({ before, after: { digest, document } }) : null
    },
    licence: async ({ effect, secret, community, madeAt }, _, { licences }) => {
      if (effect.kind !== 'licence.adopt') return null
      const parsed = parseLicence(secret.document)
      const { digest, licence: id, version } = effect
      const adopted = await licences.licence(digest)
      if (adopted || !parsed.ok) return adopted
      const title = parsed.licence.title[0]?.text ?? ''
      const { document } = parsed.licence
      const about = { digest, id, version, title, community, document, adoptedAt: madeAt }
      return { ...about, template: null, proposal: null }
    },
  },
  Mutation: {
    proposeLicence: async (_, { input }, { actor, licences }) =>
      proposalPayload(actor ? await licences.propose(actor, input) : signInFirst()),
  },
}
