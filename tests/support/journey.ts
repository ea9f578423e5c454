import type { Person } from './person.ts'
import type { Village } from './village.ts'

/** Uploads bytes through tus and returns the id of the upload. */
export const upload = async (person: Person, name: string, bytes: Uint8Array): Promise<string> => {
  const metadata = `filename ${Buffer.from(name).toString('base64')}`
  const tus = { 'tus-resumable': '1.0.0' }
  const made = await person.fetch('/uploads', {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
  })
  const location = made.headers.get('location')
  if (made.status !== 201 || !location) throw new Error(`upload refused: ${made.status}`)
  const path = new URL(location, 'http://host').pathname
  for (let offset = 0; offset < bytes.length; offset += 4 * 1024 * 1024) {
    const piece = bytes.subarray(offset, offset + 4 * 1024 * 1024)
    const sent = await person.fetch(path, {
      method: 'PATCH',
      headers: {
        ...tus,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body: Buffer.from(piece),
    })
    if (sent.status !== 204) throw new Error(`piece refused: ${sent.status} ${await sent.text()}`)
  }
  return path.split('/').at(-1) ?? ''
}

export interface Published {
  readonly dataset: string
  readonly version: string
  readonly manifestDigest: string
  readonly proposal: string
  readonly files: readonly {
    readonly path: string
    readonly sha256: string
    readonly size: number
    readonly url: string
  }[]
}

interface Refusable {
  readonly refused: {
    readonly code: string
    readonly message: string
    readonly field: string | null
  } | null
}

const checked = <T extends Refusable>(payload: T): T => {
  if (payload.refused) throw new Error(JSON.stringify(payload.refused))
  return payload
}

const REFUSED = 'refused { code message field reasons { clause text } }'

const SUMMARY = `${'This dataset is made for a test of the registry and says nothing about anybody. '.repeat(5)}It has as many words as a summary needs.`

export const createDataset = async (
  { contributor, community }: Village,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const { createDataset: made } = await contributor.run<{
    createDataset: Refusable & { dataset: { id: string } }
  }>(
    `mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { id } ${REFUSED} } }`,
    {
      input: {
        community,
        title: 'Words by the river',
        description: 'A list of words.',
        kind: 'text',
        languages: ['mi'],
        ...changes,
      },
    },
  )
  return checked(made).dataset.id
}

export const contribute = async (
  { contributor }: Village,
  dataset: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<string> => {
  const sent = []
  for (const [path, bytes] of Object.entries(files)) {
    sent.push({ path, upload: await upload(contributor, path, bytes) })
  }
  const { contribute: made } = await contributor.run<{
    contribute: Refusable & { contribution: { id: string } }
  }>(
    `mutation ($input: ContributeInput!) { contribute(input: $input) { contribution { id } receipt ${REFUSED} } }`,
    {
      input: {
        dataset,
        files: sent,
        consent: {
          basis: 'own',
          scope: 'Everything the community decides.',
          maxStage: 5,
          evidence: 'A signed form in the office.',
          minors: false,
        },
      },
    },
  )
  return checked(made).contribution.id
}

export const assemble = async (
  village: Village,
  dataset: string,
  contributions: readonly string[],
  version = '1.0.0',
): Promise<string> => {
  const made = await tryToAssemble(village, { dataset, contributions, version })
  return checked(made).version.manifestDigest
}

/** A name of a version, as a parent is named. */
export interface Named {
  readonly dataset: string
  readonly version: string
}

export interface Assembly {
  readonly dataset: string
  readonly contributions: readonly string[]
  readonly version?: string
  readonly licence?: string
  readonly parents?: readonly Named[]
  readonly artefacts?: readonly { readonly path: string; readonly artefact: string }[]
}

/** The same, with the refusal in hand. */
export const tryToAssemble = async (
  { steward, licence }: Village,
  { parents = [], ...assembly }: Assembly,
) => {
  const named = parents.map(({ dataset, version }) => ({ dataset, version }))
  const { statementFields } = await steward.run<{
    statementFields: readonly { field: string; required: boolean }[]
  }>('{ statementFields { field required } }')
  const statement = statementFields
    .filter(({ required }) => required)
    .map(({ field }) => ({ field, text: field === 'summary' ? SUMMARY : 'unknown' }))
  const { assembleVersion: made } = await steward.run<{
    assembleVersion: Refusable & { version: { manifestDigest: string } }
  }>(
    `mutation ($input: AssembleVersionInput!) { assembleVersion(input: $input) { version { manifestDigest } ${REFUSED} } }`,
    { input: { version: '1.0.0', licence, statement, parents: named, ...assembly } },
  )
  return made
}

export const proposePublication = async (
  { steward }: Village,
  input: {
    dataset: string
    manifestDigest: string
    stage?: number
    embargoUntil?: string
    artefacts?: readonly { readonly artefact: string; readonly stage: number }[]
  },
): Promise<string> => {
  const { proposePublication: made } = await steward.run<{
    proposePublication: Refusable & { proposal: { id: string } }
  }>(
    `mutation ($input: ProposePublicationInput!) { proposePublication(input: $input) { proposal { id } ${REFUSED} } }`,
    { input: { stage: 4, reason: 'It is ready.', ...input } },
  )
  return checked(made).proposal.id
}

export const castBallot = async (
  person: Person,
  proposal: string,
  choice: string,
  reason?: string,
) => {
  const { castBallot: cast } = await person.run<{
    castBallot: Refusable & { receipt: string | null; entry: number | null }
  }>(
    `mutation ($input: CastBallotInput!) { castBallot(input: $input) { receipt entry ${REFUSED} } }`,
    { input: { proposal, choice, reason } },
  )
  return cast
}

/** The whole council says the same, and the time the charter asks for passes. */
export const decide = async (village: Village, proposal: string, choice = 'yes'): Promise<void> => {
  for (const person of village.council) checked(await castBallot(person, proposal, choice))
  await village.registry.days(23)
}

/** From files to a published version, by everybody's own hands. */
export const publish = async (
  village: Village,
  files: Readonly<Record<string, Uint8Array>>,
  {
    parents = [],
    ...options
  }: { stage?: number; embargoUntil?: string; parents?: readonly Named[] } = {},
): Promise<Published> => {
  const dataset = await createDataset(village)
  const contributions = [await contribute(village, dataset, files)]
  const made = await tryToAssemble(village, { dataset, contributions, parents })
  const { manifestDigest } = checked(made).version
  const proposal = await proposePublication(village, { dataset, manifestDigest, ...options })
  await decide(village, proposal)
  const found = await village.steward.run<{
    dataset: { version: { version: string; files: Published['files'] } | null }
  }>(
    'query ($id: ID!) { dataset(id: $id) { version { version files { path sha256 size url } } } }',
    {
      id: dataset,
    },
  )
  if (!found.dataset.version) throw new Error('the vote passed but nothing is published')
  return { dataset, manifestDigest, proposal, ...found.dataset.version }
}

/** The community vouches for the researcher, as the guardianship licence wants. */
export const attest = async (
  village: Village,
  facts: {
    actorKind?: string | null
    commercialTie?: string | null
    identityAssurance?: number
    benefitAgreement?: string
  } = {},
): Promise<void> => {
  const { proposeAttestation: made } = await village.steward.run<{
    proposeAttestation: Refusable & { proposal: { id: string } }
  }>(
    `mutation ($input: ProposeAttestationInput!) { proposeAttestation(input: $input) { proposal { id } ${REFUSED} } }`,
    {
      input: {
        community: village.community,
        email: village.researcher.email,
        actorKind: 'academic',
        commercialTie: 'no',
        identityAssurance: 2,
        reason: 'We have read the letter of the university.',
        ...facts,
      },
    },
  )
  await decide(village, checked(made).proposal.id)
}

export const requestInput = (dataset: string, changes: object = {}) => ({
  dataset,
  use: { purposes: ['linguisticResearch'], actions: ['download'] },
  facts: { actorKind: 'academic', commercialTie: 'no', country: 'DE', ethicsApproval: 'yes' },
  acceptedDuties: ['attribute', 'reportBack', 'shareBack'],
  project: 'We study how verbs are used in stories told by the river.',
  days: 365,
  ...changes,
})

export interface RequestAnswer extends Refusable {
  readonly request: {
    readonly id: string
    readonly state: string
    readonly proposal: { readonly id: string } | null
  } | null
  readonly grant: { readonly id: string; readonly token: string } | null
}

export const requestAccess = async (person: Person, input: object): Promise<RequestAnswer> => {
  const answer = await person.run<{ requestAccess: RequestAnswer }>(
    `mutation ($input: RequestAccessInput!) { requestAccess(input: $input) { request { id state proposal { id } } grant { id token } ${REFUSED} } }`,
    { input },
  )
  return answer.requestAccess
}

/** Attested, asked for, voted on: the researcher holds a grant. */
export const grantTo = async (village: Village, dataset: string): Promise<string> => {
  const { request, refused } = await requestAccess(village.researcher, requestInput(dataset))
  if (!request?.proposal) throw new Error(`no vote: ${JSON.stringify(refused)}`)
  await decide(village, request.proposal.id)
  const { viewer } = await village.researcher.run<{
    viewer: { grants: readonly { id: string }[] }
  }>('{ viewer { grants { id } } }')
  const [grant] = viewer.grants
  if (!grant) throw new Error('the vote passed but there is no grant')
  return grant.id
}
