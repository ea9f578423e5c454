import { type Dice, dice } from '../support/dice.ts'
import type { Person } from '../support/person.ts'
import type { SentUpload } from './ledger.ts'

const TUS = { 'tus-resumable': '1.0.0' }
const CONSENT = {
  basis: 'own',
  scope: 'Everything the community decides.',
  maxStage: 5,
  evidence: 'A signed form in the office.',
  minors: false,
}

/** An answer that is none of those a client may get while the server is well. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer'
}

/** Text of a length that no other upload has. */
export const someText = (from: Dice, name: string): Buffer => {
  const words = dice(from.roll(2 ** 31))
  const line = () => `${name} ${words.roll(1e9).toString(36)} ā ē ī ō ū\n`
  return Buffer.from(words.list(500 + from.roll(4000), line).join(''))
}

export const announce = async (person: Person, size: number, name: string): Promise<string> => {
  const filename = Buffer.from(name).toString('base64')
  const headers = {
    ...TUS,
    'upload-length': String(size),
    'upload-metadata': `filename ${filename}`,
  }
  const made = await person.fetch('/uploads', { method: 'POST', headers })
  const location = made.headers.get('location')
  if (made.status !== 201 || !location) throw new WrongAnswer(`no upload: ${made.status}`)
  return location.split('/').at(-1) ?? ''
}

/** Where the server says it wants the next byte. */
export const offsetOf = async ({ person, id }: SentUpload): Promise<number> => {
  const response = await person.fetch(`/uploads/${id}`, { method: 'HEAD', headers: TUS })
  if (response.status !== 200) throw new WrongAnswer(`upload ${id}: ${response.status}`)
  return Number(response.headers.get('upload-offset'))
}

/** Sends one piece; gives back the offset the server has acknowledged. */
export const sendPiece = async (
  { person, id }: SentUpload,
  offset: number,
  piece: Uint8Array,
): Promise<number> => {
  const response = await person.fetch(`/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: Buffer.from(piece),
  })
  const said = await response.text()
  if (response.status !== 204) throw new WrongAnswer(`piece: ${response.status} ${said}`)
  return Number(response.headers.get('upload-offset'))
}

export const contributeUpload = async (
  person: Person,
  { dataset, upload, path }: { dataset: string; upload: string; path: string },
): Promise<string> => {
  const { contribute } = await person.run<{
    contribute: { contribution: { id: string } | null; refused: object | null }
  }>(
    `mutation ($input: ContributeInput!) {
      contribute(input: $input) { contribution { id } receipt refused { code message } }
    }`,
    { input: { dataset, key: upload, files: [{ upload, path }], consent: CONSENT } },
  )
  if (contribute.contribution) return contribute.contribution.id
  throw new WrongAnswer(`contribution: ${JSON.stringify(contribute.refused)}`)
}

export interface OpenedFile {
  readonly sha256: string
  readonly url: string
}

export interface OpenedVersion {
  readonly version: string
  readonly files: readonly OpenedFile[]
}

export const versionsOf = async (person: Person, id: string): Promise<readonly OpenedVersion[]> => {
  const { dataset } = await person.run<{ dataset: { versions: readonly OpenedVersion[] } | null }>(
    'query ($id: ID!) { dataset(id: $id) { versions { version files { sha256 url } } } }',
    { id },
  )
  return dataset?.versions ?? []
}

export interface HeldGrant {
  readonly id: string
  readonly entry: number
  readonly state: string
  readonly version: { readonly version: string }
  readonly duties: readonly { readonly kind: string; readonly viewerCanReport: boolean }[]
}

export const grantsOf = async (person: Person): Promise<readonly HeldGrant[]> => {
  const { viewer } = await person.run<{ viewer: { grants: readonly HeldGrant[] } }>(
    '{ viewer { grants { id entry state version { version } duties { kind viewerCanReport } } } }',
  )
  return viewer.grants
}

const REPORT = [
  { field: 'done', text: 'A talk in the meeting house.' },
  { field: 'learnt', text: 'What the river was called.' },
]

export const reportDuty = async (person: Person, grant: string, duty: string): Promise<void> => {
  const { reportDuty: told } = await person.run<{ reportDuty: { refused: object | null } }>(
    `mutation ($input: ReportDutyInput!) { reportDuty(input: $input) { grant { id } refused { code message } } }`,
    { input: { grant, duty, evidence: REPORT } },
  )
  if (told.refused) throw new WrongAnswer(`duty: ${JSON.stringify(told.refused)}`)
}
