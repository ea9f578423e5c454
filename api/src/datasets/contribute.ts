import { hash } from 'node:crypto'
import { z } from 'zod'
import { refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Fields, Log, Refusal, StoredEvent } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, People } from '../people/people.ts'
import { arrived } from './arrived.ts'
import { contentProblem } from './check-content.ts'
import { consentShape, speakerNames, speakersShape } from './consent.ts'
import type { Consent, SpeakerConsent, Unit } from './contribution.ts'
import type { Dataset } from './dataset.ts'
import { documentDigest } from './documents.ts'
import { findEvidence } from './evidence.ts'
import { parseFilePath, pathConflict } from './file-path.ts'
import type { Files } from './files.ts'
import { allowedExtensions, mediaTypeOf } from './media-types.ts'
import { createQuality, type Quality } from './quality.ts'
import type { DatasetStore } from './store.ts'
import type { UploadStore } from './uploads.ts'
import { contributing, visit } from './who-may.ts'

export interface ContributeDeps {
  readonly log: Log
  readonly people: People
  readonly store: DatasetStore
  readonly uploads: UploadStore
  readonly files: Files
}

const MAX_FILES = 1000

const shape = z.object({
  dataset: z.string().min(1).max(64),
  files: z
    .array(
      z.object({
        upload: z.string().max(64),
        path: z.string().max(2048),
        speakers: speakerNames,
      }),
    )
    .min(1, 'Add at least one file.')
    .max(MAX_FILES, `Send at most ${MAX_FILES} files at a time.`),
  consent: consentShape,
  speakers: speakersShape,
  key: z.string().min(1).max(128).nullish(),
})

type Wanted = z.output<typeof shape>
type Sent = Wanted['files']

interface Named {
  readonly upload: string
  readonly path: string
  readonly mediaType: string
  readonly speakers: readonly string[]
}

const at = (i: number, part: string): { readonly field: string } => ({
  field: `files.${i}.${part}`,
})

/** Paths as they will be stored, each with the type its ending stands for. */
const nameFiles = (
  sent: Sent,
  { kind }: Dataset,
): { readonly ok: true; readonly named: readonly Named[] } | Refusal => {
  const named: Named[] = []
  for (const [i, { upload, path: text, speakers }] of sent.entries()) {
    const read = parseFilePath(text)
    if (!read.ok) return refuse('BAD_PATH', read.message, at(i, 'path'))
    const mediaType = mediaTypeOf(read.path, kind)
    if (mediaType === null) {
      const allowed = allowedExtensions(kind).join(', ')
      const message = `${read.path}: a ${kind} dataset takes files ending in ${allowed}.`
      return refuse('BAD_TYPE', message, at(i, 'path'))
    }
    named.push({ upload, path: read.path, mediaType, speakers: speakers ?? [] })
  }
  const conflict = pathConflict(named.map(({ path }) => path))
  if (conflict === null) return { ok: true, named }
  const i = named.findLastIndex(({ path }) => path === conflict)
  return refuse(
    'SAME_PATH',
    `${conflict}: another file has this name or needs it as a folder.`,
    at(i, 'path'),
  )
}

/** Every file as it lies in the store, read to its end as what it claims to be. */
const checkFiles = async (
  deps: ContributeDeps,
  named: readonly Named[],
  account: string,
): Promise<
  { readonly ok: true; readonly files: readonly Unit[]; readonly quality: Quality } | Refusal
> => {
  const watch = createQuality()
  const uploads = await deps.uploads.many(named.map(({ upload }) => upload))
  const files: Unit[] = []
  for (const [i, { upload, path, mediaType, speakers }] of named.entries()) {
    const found = arrived(
      uploads.find(({ id }) => id === upload),
      account,
      at(i, 'upload').field,
    )
    if (!found.ok) return found
    const { sha256, size } = found
    const problem = await contentProblem(deps.files, { sha256, size, mediaType }, watch.sight)
    if (problem !== null) return refuse('BAD_CONTENT', `${path}: ${problem}.`, at(i, 'upload'))
    files.push({ path, sha256, size, mediaType, speakers })
  }
  return { ok: true, files, quality: watch.report(files.length) }
}

/** The same key of the same account names the same contribution, and tells neither. */
const idOfKey = (account: string, key: string): string =>
  `k_${hash('sha256', `${account}\n${key}`, 'hex').slice(0, 20)}`

type Asked = z.output<typeof consentShape>

/** A consent with what shows it, as it lies in the store. */
const shown = async (
  deps: ContributeDeps,
  { evidenceUpload, ...consent }: Asked,
  about: { readonly account: string; readonly field: string },
): Promise<{ readonly ok: true; readonly consent: Consent } | Refusal> => {
  const found = await findEvidence(deps, evidenceUpload, about)
  if (!found.ok) return found
  const { sha256 } = found
  return { ok: true, consent: sha256 === null ? consent : { ...consent, evidenceFile: sha256 } }
}

interface Consents {
  readonly consent: Consent
  readonly speakers: readonly SpeakerConsent[]
}

/** What was agreed to, with the forms and recordings that show it. */
const checkConsents = async (
  deps: ContributeDeps,
  { consent, speakers, files }: Wanted,
  account: string,
): Promise<({ readonly ok: true } & Consents) | Refusal> => {
  const known = new Set((speakers ?? []).map(({ speaker }) => speaker))
  const lost = files.findIndex((file) => file.speakers?.some((name) => !known.has(name)))
  if (lost >= 0)
    return refuse(
      'NO_CONSENT',
      'Record a consent for every speaker this file names.',
      at(lost, 'speakers'),
    )
  const whole = await shown(deps, consent, { account, field: 'consent.evidenceUpload' })
  if (!whole.ok) return whole
  const found: SpeakerConsent[] = []
  for (const [i, { speaker, ...theirs }] of (speakers ?? []).entries()) {
    const field = `speakers.${i}.evidenceUpload`
    const one = await shown(deps, theirs, { account, field })
    if (!one.ok) return one
    found.push({ speaker, ...one.consent })
  }
  return { ok: true, consent: whole.consent, speakers: found }
}

interface Given {
  readonly dataset: Dataset
  readonly account: string
  readonly files: readonly Unit[]
  readonly consents: Consents
  readonly quality: Quality
  readonly key: string | null
}

const record = (
  log: Log,
  { dataset, account, files, consents, quality, key }: Given,
): Promise<StoredEvent> => {
  const id = key === null ? newId('k') : idOfKey(account, key)
  const { speakers } = consents
  const consent: Fields = { ...consents.consent }
  const forms = [consents.consent, ...speakers].flatMap(({ evidenceFile }) => evidenceFile ?? [])
  return log.append({
    stream: `contribution/${id}`,
    type: 'contribution.made',
    cmd: `contribute:${id}`,
    data: {
      contribution: id,
      dataset: dataset.id,
      community: dataset.community,
      files: files.map(({ sha256, size, mediaType }) => ({ sha256, size, mediaType })),
      consentDigest: documentDigest(consent),
      ...(speakers.length > 0 ? { speakersDigest: documentDigest(speakers) } : {}),
      ...(forms.length > 0 ? { evidence: forms.map((sha256) => ({ sha256 })) } : {}),
    },
    secret: {
      contributor: account,
      consent,
      paths: files.map(({ path }) => path),
      // Counts of what is restricted are restricted.
      quality: { ...quality, lengths: [...quality.lengths], seconds: [...quality.seconds] },
      ...(speakers.length > 0
        ? {
            speakers: speakers.map((one) => ({ ...one })),
            units: files.map((file) => [...(file.speakers ?? [])]),
          }
        : {}),
    },
  })
}

/** Takes uploaded files into a dataset under a consent. Nothing of it is public before a vote. */
export const contribute = async (
  deps: ContributeDeps,
  asking: Actor | null,
  input: unknown,
): Promise<{ readonly ok: true; readonly event: StoredEvent } | Refusal> => {
  const signedIn = contributing(asking)
  if (!signedIn.ok) return signedIn
  const read = parse(shape, input)
  if (!read.ok) return read
  const found = await visit(deps, read.value.dataset, signedIn.actor)
  if (!found.ok) return found
  if (!found.seat) return refuse('NOT_A_MEMBER', 'Only members of this community contribute to it.')
  const account = signedIn.actor.account.id
  const paths = nameFiles(read.value.files, found.dataset)
  if (!paths.ok) return paths
  const heard = await checkConsents(deps, read.value, account)
  if (!heard.ok) return heard
  const checked = await checkFiles(deps, paths.named, account)
  if (!checked.ok) return checked
  const event = await record(deps.log, {
    dataset: found.dataset,
    account,
    files: checked.files,
    consents: heard,
    quality: checked.quality,
    key: read.value.key ?? null,
  })
  return { ok: true, event }
}
