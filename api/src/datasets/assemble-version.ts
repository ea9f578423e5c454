import { z } from 'zod'
import { parseLicence, publicationProblems } from '../../../policies/index.ts'
import { refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Licences } from '../licences/licences.ts'
import type { Decided, Log, Refusal, StoredEvent } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, People } from '../people/people.ts'
import { misplaced, PLACES, placeFiles, placesBefore } from './artefacts.ts'
import { consentProblemOf } from './consent.ts'
import { type Contribution, liveUnits } from './contribution.ts'
import {
  type Dataset,
  type Manifest,
  type ManifestFile,
  type Statement,
  versionKey,
} from './dataset.ts'
import type { Documents } from './documents.ts'
import { pathConflict } from './file-path.ts'
import { derivationProblem, namingProblem } from './parents.ts'
import { parseManifest } from './parse-documents.ts'
import { compareVersions, parseVersion } from './semantic-version.ts'
import { countWords, missingFields, STATEMENT_FIELDS, SUMMARY_WORDS } from './statement-fields.ts'
import type { DatasetStore } from './store.ts'
import { inSession, visitAsSteward } from './who-may.ts'

export interface AssembleDeps {
  readonly log: Log
  readonly people: People
  readonly store: DatasetStore
  readonly licences: Licences
  readonly documents: Documents
}

const shape = z.object({
  dataset: z.string().min(1).max(64),
  version: z
    .string()
    .refine(
      (text) => parseVersion(text) !== null,
      'Use a version number such as 1.0.0 (semver.org).',
    ),
  contributions: z
    .array(z.string().max(64))
    .min(1, 'Choose at least one contribution.')
    .max(5000)
    .transform((ids) => [...new Set(ids)].sort()),
  licence: z.string().max(128),
  parents: z
    .array(z.object({ dataset: z.string().max(64), version: z.string().max(64) }))
    .max(16, 'Name at most 16 versions.')
    .nullish()
    .transform((names) => [
      ...new Map(
        (names ?? []).map((name) => [versionKey(name.dataset, name.version), name]),
      ).values(),
    ]),
  artefacts: z
    .array(z.object({ path: z.string().min(1).max(2048), artefact: z.enum(PLACES) }))
    .max(5000)
    .nullish(),
  statement: z
    .array(z.object({ field: z.string().max(64), text: z.string().max(50_000) }))
    .max(STATEMENT_FIELDS.length),
})

const missingOne = (field: string): Refusal =>
  refuse('NOT_FOUND', 'One of these is no contribution to this dataset.', { field })

/** What stands against these contributions entering a version. */
const contributionProblem = (
  ids: readonly string[],
  found: readonly Contribution[],
  dataset: Dataset,
): Refusal | null => {
  const field = 'contributions'
  if (found.length !== ids.length || found.some((one) => one.dataset !== dataset.id))
    return missingOne(field)
  const gone = found.find(({ state }) => state === 'withdrawn')
  if (gone) return refuse('WITHDRAWN', `${gone.id} has been withdrawn; leave it out.`, { field })
  for (const one of found) {
    const uncovered = consentProblemOf(one, () => 1)
    if (uncovered !== null)
      return refuse('CONSENT', `No consent lets ${one.id} be published: ${uncovered}.`, { field })
  }
  const unnamed = found.find(({ files }) => files.some(({ path }) => path === ''))
  if (unnamed)
    return refuse('ERASED', `The file names of ${unnamed.id} have been erased; leave it out.`, {
      field,
    })
  return null
}

const byPath = (a: ManifestFile, b: ManifestFile): number => (a.path < b.path ? -1 : 1)

const listFiles = (
  contributions: readonly Contribution[],
): { readonly ok: true; readonly files: readonly ManifestFile[] } | Refusal => {
  const files = contributions.flatMap(liveUnits)
  const conflict = pathConflict(files.map(({ path }) => path))
  if (conflict === null)
    return {
      ok: true,
      files: files
        .map(({ path, sha256, size, mediaType }) => ({ path, sha256, size, mediaType }))
        .sort(byPath),
    }
  return refuse('SAME_PATH', `Two of these contributions bring ${conflict}; leave one out.`, {
    field: 'contributions',
  })
}

const readStatement = (
  sections: readonly { readonly field: string; readonly text: string }[],
  { kind }: Dataset,
): { readonly ok: true; readonly statement: Statement } | Refusal => {
  const known = new Set(STATEMENT_FIELDS.map(({ field }) => field))
  const strange = sections.find(({ field }) => !known.has(field))
  if (strange)
    return refuse('BAD_INPUT', `The data statement has no section "${strange.field}".`, {
      field: 'statement',
    })
  const texts = sections.map(({ field, text }) => [field, text.trim()] as const)
  const statement = Object.fromEntries(texts.filter(([, text]) => text !== ''))
  const [missing] = missingFields(statement, kind === 'annotations')
  if (missing !== undefined)
    return refuse('STATEMENT', `Answer "${missing}"; "Unknown" is an answer too.`, {
      field: `statement.${missing}`,
    })
  const words = countWords(statement.summary ?? '')
  const { least, most } = SUMMARY_WORDS
  if (words >= least && words <= most) return { ok: true, statement }
  return refuse('SUMMARY', `The summary has ${words} words; write ${least} to ${most}.`, {
    field: 'statement.summary',
  })
}

const licenceProblem = async (
  licences: Licences,
  digest: string,
  dataset: Dataset,
): Promise<Refusal | null> => {
  const adopted = await licences.adoptedBy(dataset.community)
  const licence = adopted.find((one) => one.digest === digest)
  if (!licence)
    return refuse('NOT_ADOPTED', 'Choose a licence that this community has adopted.', {
      field: 'licence',
    })
  const parsed = parseLicence(licence.document)
  const [problem] = parsed.ok ? publicationProblems(parsed.licence) : parsed.problems
  return problem
    ? refuse('LICENCE_UNFIT', `This licence cannot be published under: ${problem.message}`, {
        field: 'licence',
      })
    : null
}

/** Numbers only grow, so that a number names one manifest for ever. */
const decide =
  (data: Decided['data'], version: string) =>
  (history: readonly StoredEvent[]): Decided | Refusal => {
    const next = parseVersion(version)
    const last = history.findLast(({ type }) => type === 'version.assembled')
    const before = parseVersion(String(last?.data.version ?? ''))
    if (next && before && compareVersions(next, before) <= 0)
      return refuse('VERSION_TAKEN', `Use a number above ${String(last?.data.version)}.`, {
        field: 'version',
      })
    return { type: 'version.assembled', data }
  }

/** What the files of all earlier versions belonged to, published or not. */
const earlierPlaces = async ({ store, documents }: AssembleDeps, { id }: Dataset) => {
  const digests = (await store.versionsOf([id])).map(({ manifestDigest }) => manifestDigest)
  const found = await documents.many(digests)
  return placesBefore(digests.map((one) => parseManifest(found.get(one) ?? null)?.files ?? []))
}

const compose = async (
  deps: AssembleDeps,
  dataset: Dataset,
  wanted: z.output<typeof shape>,
  actor: Actor,
): Promise<{ ok: true; manifest: Manifest; statement: Statement } | Refusal> => {
  const contributions = await deps.store.contributions(wanted.contributions)
  const { licence, parents } = wanted
  const problem =
    contributionProblem(wanted.contributions, contributions, dataset) ??
    (await licenceProblem(deps.licences, licence, dataset)) ??
    (await namingProblem(deps, dataset, parents, actor)) ??
    (await derivationProblem(deps, licence, parents))
  if (problem) return problem
  const listed = listFiles(contributions)
  if (!listed.ok) return listed
  const placed = wanted.artefacts ?? []
  const lost = misplaced(listed.files, placed)
  if (lost !== undefined)
    return refuse('NO_FILE', `No file of these contributions is ${lost}, or in it.`, {
      field: 'artefacts',
    })
  const read = readStatement(wanted.statement, dataset)
  if (!read.ok) return read
  const manifest = {
    dataset: dataset.id,
    version: wanted.version,
    files: placeFiles(listed.files, placed, await earlierPlaces(deps, dataset)),
    ...(parents.length > 0 ? { parents } : {}),
  }
  return { ok: true, manifest, statement: read.statement }
}

/** Fixes what a version consists of. It stays a draft until the council publishes it. */
export const assembleVersion = async (
  deps: AssembleDeps,
  asking: Actor | null,
  input: unknown,
): Promise<{ readonly ok: true; readonly dataset: string; readonly version: string } | Refusal> => {
  const session = inSession(asking)
  if (!session.ok) return session
  const read = parse(shape, input)
  if (!read.ok) return read
  const { dataset: id, version, licence, contributions, parents } = read.value
  const found = await visitAsSteward(deps, id, session.actor)
  if (!found.ok) return found
  const composed = await compose(deps, found.dataset, read.value, session.actor)
  if (!composed.ok) return composed
  const { community, madeBy } = found.dataset
  const manifestDigest = await deps.documents.put(composed.manifest)
  const statementDigest = await deps.documents.put(composed.statement)
  const data = {
    dataset: id,
    version,
    manifestDigest,
    statementDigest,
    licence,
    contributions,
    ...(parents.length > 0 ? { parents } : {}),
    ...(madeBy ? { community } : {}),
  }
  const result = await deps.log.command(`dataset/${id}`, newId('x'), decide(data, version))
  return result.ok ? { ok: true, dataset: id, version } : result
}
