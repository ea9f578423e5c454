import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  checkRepoAccess,
  datasetInfo,
  downloadFile,
  fileExists,
  HubApiError,
  listCommits,
  listDatasets,
  listFiles,
  pathsInfo,
  snapshotDownload,
  whoAmI,
} from '@huggingface/hub'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDataset } from '../../support/journey.ts'
import { type Held, hold, token } from '../grants/held.ts'

const SPEECH = Buffer.from('{"id":1,"text":"ngā kupu"}\n{"id":2,"text":"o te awa"}\n')
const WORDS = Buffer.from('he kupu\n'.repeat(20_000))

const VILLAGE = 'village'
// The policy of content names a fresh nonce each time.
const VARY: readonly string[] = ['date', 'content-security-policy']

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What a call was refused with. */
const refusalOf = async (call: Promise<unknown>): Promise<HubApiError> => {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof HubApiError) return error
  throw new Error(`no refusal of the hub: ${String(error)}`)
}

describe('@huggingface/hub, unchanged, with this registry as its endpoint', () => {
  let held: Held
  let name: string
  let hubUrl: string
  let granted: string
  let stranger: string
  let readOnly: string

  beforeAll(async () => {
    held = await hold({ 'words.txt': WORDS, 'speech/ngā kōrero.jsonl': SPEECH })
    hubUrl = held.registry.url
    name = `${VILLAGE}/${held.published.dataset}`
    granted = await token(held.village.researcher, ['read', 'download'])
    readOnly = await token(held.village.researcher, ['read'])
    stranger = await token(held.village.contributor, ['read', 'download'])
  })
  afterAll(() => held.registry.close())

  const repo = () => ({ type: 'dataset', name }) as const

  it('finds the dataset in the catalogue, by its community and in words', async () => {
    const names = async (search: object) => {
      const found = []
      for await (const one of listDatasets({ hubUrl, search })) found.push(one.name)
      return found
    }
    expect(await names({})).toEqual([name])
    expect(await names({ owner: VILLAGE, query: 'river' })).toEqual([name])
    expect(await names({ owner: 'nobody' })).toEqual([])
    expect(await names({ query: 'mountain' })).toEqual([])
  })

  it('reads what a dataset is, and that access is asked for by hand', async () => {
    const info = await datasetInfo({ hubUrl, name, additionalFields: ['sha', 'cardData', 'tags'] })
    expect(info).toMatchObject({ name, gated: 'manual', private: false })
    expect(info.sha).toMatch(/^[0-9a-f]{40}$/)
    expect(info.tags).toContain('language:mi')
    const same = await datasetInfo({ hubUrl, name, revision: info.sha, additionalFields: ['sha'] })
    expect(same.sha).toBe(info.sha)
    const numbered = await datasetInfo({ hubUrl, name, revision: '1.0.0' })
    expect(numbered.id).toBe(info.id)
  })

  it('lists folders and files, one level or all, and looks single ones up', async () => {
    const paths = async (options: object) => {
      const found = []
      for await (const { type, path } of listFiles({ hubUrl, repo: repo(), ...options }))
        found.push(`${type} ${path}`)
      return found
    }
    expect(await paths({})).toEqual(['directory speech', 'file words.txt'])
    expect(await paths({ recursive: true })).toEqual([
      'directory speech',
      'file speech/ngā kōrero.jsonl',
      'file words.txt',
    ])
    expect(await paths({ path: 'speech' })).toEqual(['file speech/ngā kōrero.jsonl'])
    const [one] = await pathsInfo({ hubUrl, repo: repo(), paths: ['words.txt', 'no.txt'] })
    expect(one).toMatchObject({ size: WORDS.length, lfs: { oid: sha256(WORDS) } })
  })

  it('lists versions as commits', async () => {
    const titles = []
    for await (const { title } of listCommits({ hubUrl, repo: repo() })) titles.push(title)
    expect(titles).toEqual(['Version 1.0.0'])
  })

  it('knows whose token it is, and refuses one that is none', async () => {
    const me = await whoAmI({ hubUrl, accessToken: granted })
    expect(me).toMatchObject({ type: 'user', auth: { type: 'access_token' } })
    const refused = await refusalOf(whoAmI({ hubUrl, accessToken: 'hf_ch_nothing' }))
    expect(refused.statusCode).toBe(401)
    expect(refused.message).toContain('Invalid credentials')
  })

  it('hands a granted file over whole, in part and as a snapshot', async () => {
    const options = { hubUrl, repo: repo(), accessToken: granted }
    await checkRepoAccess(options)
    expect(await fileExists({ ...options, path: 'words.txt' })).toBe(true)
    expect(await fileExists({ ...options, path: 'no.txt' })).toBe(false)
    const file = await downloadFile({ ...options, path: 'words.txt' })
    expect(sha256(new Uint8Array(await (file ?? new Blob()).arrayBuffer()))).toBe(sha256(WORDS))
    const part = await file?.slice(8, 15).text()
    expect(part).toBe('he kupu')
    const cacheDir = await mkdtemp(join(tmpdir(), 'hub-'))
    const folder = await snapshotDownload({ ...options, cacheDir })
    expect(await readFile(join(folder, 'speech/ngā kōrero.jsonl'))).toEqual(SPEECH)
    await rm(cacheDir, { recursive: true })
  })

  it('is refused with the reason by whoever holds no grant', async () => {
    const path = 'words.txt'
    const without = await refusalOf(
      downloadFile({ hubUrl, repo: repo(), accessToken: stranger, path }),
    )
    expect(without.statusCode).toBe(403)
    expect(without.message).toContain('You hold no grant for this version.')
    const scope = await refusalOf(
      downloadFile({ hubUrl, repo: repo(), accessToken: readOnly, path }),
    )
    expect(scope.statusCode).toBe(403)
    expect(scope.message).toContain('download')
    const bytesOnly = await token(held.village.researcher, ['download'])
    const reading = await refusalOf(
      checkRepoAccess({ hubUrl, repo: repo(), accessToken: bytesOnly }),
    )
    expect(reading).toMatchObject({ statusCode: 403 })
    expect(reading.message).toContain('read')
    const nobody = await refusalOf(downloadFile({ hubUrl, repo: repo(), path }))
    expect(nobody.statusCode).toBe(401)
  })

  it('is told of a revision that is not there, and of one that is', async () => {
    const refused = await refusalOf(datasetInfo({ hubUrl, name, revision: '9.9.9' }))
    expect(refused.statusCode).toBe(404)
    await expect(datasetInfo({ hubUrl, name, revision: 'v1.0.0' })).resolves.toMatchObject({ name })
  })

  it('hears the same of a hidden dataset as of one that never was', async () => {
    const hidden = await createDataset(held.village)
    const said = async (id: string, headers: Record<string, string>, method = 'GET') => {
      const paths = ['', '/tree/main', '/refs', '/auth-check', '/revision/main', '/commits/main']
      const addresses = paths.map((path) => `/api/datasets/${VILLAGE}/${id}${path}`)
      const file = `/datasets/${VILLAGE}/${id}/resolve/main/words.txt`
      return Promise.all(
        [...addresses, file].map(async (address) => {
          const response = await fetch(`${hubUrl}${address}`, { method, headers })
          const kept = [...response.headers].filter(([key]) => !VARY.includes(key))
          return [response.status, kept, await response.text()]
        }),
      )
    }
    const asked: Record<string, string>[] = [{}, { authorization: `Bearer ${granted}` }]
    for (const headers of asked)
      for (const method of ['GET', 'HEAD'])
        expect(await said(hidden, headers, method)).toEqual(
          await said('d_00000000000000000000', headers, method),
        )
    const [first] = await said(hidden, {})
    expect(first?.[0]).toBe(401)
    const [known] = await said(held.published.dataset, {})
    expect(known?.[0]).toBe(200)
  })

  it('gets no JSON type with a refused HEAD, and an ETag with a permitted one', async () => {
    const address = `${hubUrl}/datasets/${name}/resolve/main/words.txt`
    const head = (secret: string) =>
      fetch(address, { method: 'HEAD', headers: { authorization: `Bearer ${secret}` } })
    const refused = await head(stranger)
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-type')).toBeNull()
    expect(refused.headers.get('x-error-code')).toBe('GatedRepo')
    expect(refused.headers.get('x-repo-commit')).toMatch(/^[0-9a-f]{40}$/)
    const permitted = await head(granted)
    expect(permitted.status).toBe(200)
    expect(permitted.headers.get('etag')).toBe(`"${sha256(WORDS)}"`)
    expect(permitted.headers.get('content-length')).toBe(String(WORDS.length))
    expect(permitted.headers.get('content-encoding')).toBeNull()
  })

  it('answers a form as well as JSON, and an unknown address with JSON', async () => {
    const form = await fetch(`${hubUrl}/api/datasets/${name}/paths-info/main`, {
      method: 'POST',
      body: new URLSearchParams([
        ['paths', 'words.txt'],
        ['paths', 'speech'],
        ['expand', 'true'],
      ]),
    })
    const entries = (await form.json()) as { path: string }[]
    expect(entries.map(({ path }) => path)).toEqual(['words.txt', 'speech'])
    const wrong = await fetch(`${hubUrl}/api/datasets/${name}/paths-info/main`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"paths": 1}',
    })
    expect(wrong.status).toBe(400)
    const unknown = await fetch(`${hubUrl}/api/agent-harnesses`)
    expect(unknown.status).toBe(404)
    expect(unknown.headers.get('content-type')).toContain('application/json')
  })
})
