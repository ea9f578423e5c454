import { Readable } from 'node:stream'
import type { Contribution, Dataset, Version } from '../../../api/src/datasets/datasets.ts'
import { STATEMENT_FIELDS } from '../../../api/src/datasets/statement-fields.ts'
import type { Refusal } from '../../../api/src/log/index.ts'
import type { Actor, Scope } from '../../../api/src/people/people.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found } from '../../support/village.ts'

/** What a command refused with; fails when it did not. */
export const refusalOf = async (result: Promise<unknown>): Promise<Refusal> => {
  const value = (await result) as { ok: boolean } & Refusal
  if (value.ok) throw new Error('it was not refused')
  return value
}

/** What a command gave back; fails with the refusal when it did not. */
export const done = async <T extends { readonly ok: true } | Refusal>(
  result: Promise<T>,
): Promise<Exclude<T, Refusal>> => {
  const value = await result
  if (!value.ok) throw new Error(`${value.code} ${value.field ?? ''}: ${value.message}`)
  return value as Exclude<T, Refusal>
}

export const CONSENT = {
  basis: 'own',
  scope: 'Everything the community decides.',
  maxStage: 5,
  evidence: 'A signed form in the office.',
  minors: false,
}

/** A text of exactly so many words. */
export const words = (count: number): string =>
  Array.from({ length: count }, () => 'kupu').join(' ')

export const statement = (changes: Readonly<Record<string, string>> = {}) =>
  STATEMENT_FIELDS.filter(({ required, field }) => required || field in changes).map(
    ({ field }) => ({
      field,
      text: changes[field] ?? (field === 'summary' ? words(80) : 'Unknown'),
    }),
  )

/** One registry with a village, asked through the faces of its domains. */
export const openWorkshop = async () => {
  const registry: Registry = await startRegistry()
  const village = await found(registry)
  const { datasets, people, log, governance } = registry.house.services

  const actor = async (email: string, scopes: readonly Scope[] | null = null): Promise<Actor> => {
    const account = await people.accountByEmail(email)
    if (!account) throw new Error(`nobody is called ${email}`)
    return { account, session: scopes ? null : 's', scopes }
  }
  const contributor = await actor('contributor@village.example')
  const steward = await actor('steward@village.example')
  const council = await Promise.all(
    ['one', 'two', 'three'].map((name) => actor(`${name}@village.example`)),
  )
  const stranger = await actor('researcher@university.example')

  const upload = async (owner: Actor, bytes: string | Uint8Array): Promise<string> => {
    const buffer = Buffer.from(bytes)
    const desk = registry.house.uploads
    const about = {
      size: buffer.length,
      filename: 'x',
      mediaType: '',
      metadata: '',
      expected: null,
    }
    const { upload: made } = await done(desk.announce(owner.account.id, about))
    const piece = {
      offset: 0,
      source: Readable.from([buffer]),
      length: buffer.length,
      checksum: null,
    }
    if (buffer.length > 0) await done(desk.receive(owner.account.id, made.id, piece))
    return made.id
  }

  const create = async (
    changes: Record<string, unknown> = {},
    by = contributor,
  ): Promise<Dataset> =>
    (
      await done(
        datasets.create(by, {
          community: village.community,
          title: 'Words by the river',
          description: 'A list of words.',
          kind: 'text',
          languages: ['mi'],
          ...changes,
        }),
      )
    ).dataset

  const contribute = async (
    dataset: Dataset,
    files: Readonly<Record<string, string>>,
    consent: Record<string, unknown> = {},
    by = contributor,
  ): Promise<Contribution> => {
    const sent = []
    for (const [path, bytes] of Object.entries(files))
      sent.push({ path, upload: await upload(by, bytes) })
    const input = { dataset: dataset.id, files: sent, consent: { ...CONSENT, ...consent } }
    return (await done(datasets.contribute(by, input))).contribution
  }

  const assembly = (
    dataset: Dataset,
    contributions: readonly Contribution[],
    version = '1.0.0',
  ) => ({
    dataset: dataset.id,
    version,
    contributions: contributions.map(({ id }) => id),
    licence: village.licence,
    statement: statement(),
  })

  const assemble = async (
    dataset: Dataset,
    contributions: readonly Contribution[],
    version = '1.0.0',
  ): Promise<Version> =>
    (await done(datasets.assemble(steward, assembly(dataset, contributions, version)))).version

  const asked = (version: Version, changes: Record<string, unknown> = {}) => ({
    dataset: version.dataset,
    manifestDigest: version.manifestDigest,
    stage: 4,
    reason: 'It is ready.',
    ...changes,
  })

  /** The whole council says the same and the time the charter asks for passes. */
  const decide = async (proposal: string, choice: 'yes' | 'no' = 'yes'): Promise<void> => {
    for (const member of council)
      await done(governance.act(member, proposal, { type: 'ballot', choice, reason: '' }))
    await registry.days(23)
  }

  const publish = async (version: Version, changes: Record<string, unknown> = {}) => {
    const { proposal } = await done(datasets.proposePublication(steward, asked(version, changes)))
    await decide(proposal.id)
    return proposal
  }

  return {
    registry,
    village,
    datasets,
    governance,
    log,
    people,
    contributor,
    steward,
    council,
    stranger,
    token: async (...scopes: Scope[]) => actor('contributor@village.example', scopes),
    upload,
    create,
    contribute,
    assembly,
    assemble,
    asked,
    decide,
    publish,
    close: registry.close,
  }
}

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>
