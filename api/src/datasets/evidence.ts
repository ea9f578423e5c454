import { buffer } from 'node:stream/consumers'
import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor, People } from '../people/people.ts'
import { arrived } from './arrived.ts'
import { type Contribution, shownEvidence } from './contribution.ts'
import type { Files } from './files.ts'
import type { DatasetStore } from './store.ts'
import type { UploadStore } from './uploads.ts'
import { isSteward, seatOf } from './who-may.ts'

/** What shows that somebody agreed: a picture of the form, or a spoken consent. */
export interface Evidence {
  readonly mediaType: string
  readonly bytes: Buffer
}

const MEGABYTE = 1024 * 1024
/** Enough for ten pages or ten minutes of speech; it is read whole by whoever looks at it. */
const MOST = 10 * MEGABYTE

/** What it is, by its first twelve bytes in hexadecimal: phones name such files as they like. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^255044462d/, 'application/pdf'],
  [/^ffd8ff/, 'image/jpeg'],
  [/^89504e470d0a1a0a/, 'image/png'],
  [/^52494646.{8}57415645/, 'audio/wav'],
  [/^664c6143/, 'audio/flac'],
  [/^4f676753/, 'audio/ogg'],
  [/^1a45dfa3/, 'audio/webm'],
  [/^(494433|fff[23ab])/, 'audio/mpeg'],
  [/^fff[19]/, 'audio/aac'],
  // ISO 14496-12: "ftyp" and a brand that recorders write: M4A, mp41, mp42, isom, iso2, 3gp4…
  [/^.{8}66747970(4d3441|6d7034|69736f|336770)/, 'audio/mp4'],
]

const SIGN_BYTES = 12

const typeOf = (start: Buffer): string | null => {
  const hex = start.subarray(0, SIGN_BYTES).toString('hex')
  return SIGNS.find(([sign]) => sign.test(hex))?.[1] ?? null
}

export interface EvidenceDeps {
  readonly uploads: Pick<UploadStore, 'many'>
  readonly files: Pick<Files, 'read'>
}

/** The digest of what was uploaded to show a consent; null when nothing was. */
export const findEvidence = async (
  { uploads, files }: EvidenceDeps,
  upload: string | null | undefined,
  { account, field }: { readonly account: string; readonly field: string },
): Promise<{ readonly ok: true; readonly sha256: string | null } | Refusal> => {
  if (!upload) return { ok: true, sha256: null }
  const [named] = await uploads.many([upload])
  const found = arrived(named, account, field)
  if (!found.ok) return found
  const { sha256, size } = found
  if (size > MOST)
    return refuse('TOO_LARGE', `Evidence has at most ${MOST / MEGABYTE} MB; send less of it.`, {
      field,
    })
  const end = Math.min(size, SIGN_BYTES) - 1
  if (size > 0 && typeOf(await buffer(files.read(sha256, { start: 0, end }))) !== null)
    return { ok: true, sha256 }
  const message = 'Evidence is a picture (JPEG, PNG), a PDF or a recording; send one of these.'
  return refuse('BAD_TYPE', message, { field })
}

export interface LookDeps {
  readonly store: Pick<DatasetStore, 'contribution' | 'dataset'>
  readonly people: People
  readonly files: Pick<Files, 'read' | 'stat'>
}

const maySee = async (
  { store, people }: LookDeps,
  { contributor, dataset: id }: Contribution,
  asking: Actor,
): Promise<boolean> => {
  if (asking.scopes !== null) return false
  if (asking.account.id === contributor) return true
  const dataset = await store.dataset(id)
  return dataset !== null && isSteward(await seatOf(people, dataset, asking))
}

/**
 * What shows the consent of a speaker, or with the empty name that of the whole, for those alone who
 * have to judge it: whoever gave it and the stewards. Null for everybody else, and once nothing is
 * left that it stands for.
 */
export const readEvidence = async (
  deps: LookDeps,
  asking: Actor | null,
  { contribution: id, speaker }: { readonly contribution: string; readonly speaker: string },
): Promise<Evidence | null> => {
  const contribution = await deps.store.contribution(id)
  if (!contribution || !asking || !(await maySee(deps, contribution, asking))) return null
  const sha256 = shownEvidence(contribution, speaker)
  if (sha256 === null || (await deps.files.stat(sha256)) === null) return null
  const bytes = await buffer(deps.files.read(sha256))
  const mediaType = typeOf(bytes)
  return mediaType === null ? null : { mediaType, bytes }
}
