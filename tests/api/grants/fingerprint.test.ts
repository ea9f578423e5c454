import { createHash } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WITHHELD_SHARE } from '../../../policies/index.ts'
import type { Person } from '../../support/person.ts'
import { eventsSince, sizeOf, token, urlOf } from './held.ts'
import { another, FILES, type Marked, mark, ROWS, setFingerprint } from './marked.ts'

const TOUCHED = ['words.jsonl', 'table.csv', 'lines.txt'] as const
const UNTOUCHED = ['test.csv', 'small.csv', 'again.txt'] as const

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
/** Rows of the table end with two signs, those within a cell with one. */
const rowsIn = (path: string, bytes: Buffer): readonly string[] =>
  bytes.toString().split(path === 'table.csv' ? '\r\n' : '\n')

describe('copies of a dataset whose council wants them fingerprinted', () => {
  let marked: Marked
  beforeAll(async () => {
    marked = await mark()
  }, 240_000)
  afterAll(() => marked.registry.close())

  const answerTo = (person: Person, path: string, headers: Record<string, string> = {}) =>
    person.fetch(urlOf(marked.published, path), { headers })
  const copyOf = async (person: Person, path: string): Promise<Buffer> => {
    const answer = await answerTo(person, path)
    expect(answer.status).toBe(200)
    return Buffer.from(await answer.arrayBuffer())
  }
  const missing = async (person: Person, path: keyof typeof FILES) => {
    const left = new Set(rowsIn(path, await copyOf(person, path)))
    return rowsIn(path, FILES[path]).filter((row) => !left.has(row))
  }

  it('lack about one row in a hundred, each person other ones, and hold nothing else', async () => {
    for (const path of TOUCHED) {
      const [river, hill] = [await missing(marked.river, path), await missing(marked.hill, path)]
      for (const gone of [river, hill]) {
        expect(gone.length).toBeGreaterThan(ROWS * WITHHELD_SHARE * 0.3)
        expect(gone.length).toBeLessThan(ROWS * WITHHELD_SHARE * 2)
      }
      expect(river).not.toEqual(hill)
      const kept = rowsIn(path, FILES[path]).filter((row) => !river.includes(row))
      expect(rowsIn(path, await copyOf(marked.river, path))).toEqual(kept)
    }
  })

  it('keep the header of a table', async () => {
    expect((await copyOf(marked.river, 'table.csv')).toString()).toMatch(/^n,text\r\n/)
  })

  it('are whole where rows are few or repeated, and of test data', async () => {
    for (const path of UNTOUCHED)
      expect((await copyOf(marked.river, path)).equals(FILES[path])).toBe(true)
  })

  it('stay whole for whoever was granted access before the vote', async () => {
    for (const path of [...TOUCHED, ...UNTOUCHED])
      expect((await copyOf(marked.village.researcher, path)).equals(FILES[path])).toBe(true)
  })

  it('agree with their SHA256SUMS, ETag and length, to the head and to the part', async () => {
    const { dataset, version } = marked.published
    const sums = await marked.river.fetch(`/datasets/${dataset}/versions/${version}/SHA256SUMS`)
    const listed = new Map(
      (await sums.text()).split('\n').map((line) => line.split('  ').reverse() as [string, string]),
    )
    for (const path of [...TOUCHED, ...UNTOUCHED]) {
      const bytes = await copyOf(marked.river, path)
      expect(listed.get(path)).toBe(shaOf(bytes))
      const head = await marked.river.fetch(urlOf(marked.published, path), { method: 'HEAD' })
      expect(head.headers.get('etag')).toBe(`"${shaOf(bytes)}"`)
      expect(head.headers.get('content-length')).toBe(String(bytes.length))
      const etag = head.headers.get('etag') ?? ''
      const part = await answerTo(marked.river, path, { range: 'bytes=3-', 'if-range': etag })
      expect(part.status).toBe(206)
      expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(3))).toBe(true)
      expect((await answerTo(marked.river, path, { 'if-none-match': etag })).status).toBe(304)
    }
  })

  it('are not resumed with the bytes of somebody else', async () => {
    const hill = await answerTo(marked.hill, 'words.jsonl')
    const etag = hill.headers.get('etag') ?? ''
    const whole = await answerTo(marked.river, 'words.jsonl', {
      range: 'bytes=9-',
      'if-range': etag,
    })
    expect(whole.status).toBe(200)
    expect(whole.headers.get('etag')).not.toBe(etag)
  })

  it('are what the archive holds', async () => {
    const { dataset, version } = marked.published
    const zip = await marked.river.fetch(`/datasets/${dataset}/versions/${version}/archive.zip`)
    const bytes = Buffer.from(await zip.arrayBuffer())
    for (const path of TOUCHED) {
      // What is stored uncompressed stands in it as it is.
      expect(bytes.includes(await copyOf(marked.river, path))).toBe(true)
      expect(bytes.includes(FILES[path])).toBe(false)
    }
  })

  it('are what clients of the hub are told of and get, and what Croissant describes', async () => {
    const { dataset } = marked.published
    const secret = await token(marked.river, ['read', 'download'])
    const headers = { authorization: `Bearer ${secret}` }
    const get = (path: string) => fetch(`${marked.registry.url}${path}`, { headers })
    const bytes = await copyOf(marked.river, 'words.jsonl')
    const tree = await get(`/api/datasets/village/${dataset}/tree/main`)
    const entries = (await tree.json()) as readonly { path: string; lfs?: { oid: string } }[]
    const entry = entries.find(({ path }) => path === 'words.jsonl')
    expect(entry?.lfs?.oid).toBe(shaOf(bytes))
    const resolved = await get(`/datasets/village/${dataset}/resolve/main/words.jsonl`)
    expect(Buffer.from(await resolved.arrayBuffer()).equals(bytes)).toBe(true)
    const croissant = await (await get(`/datasets/${dataset}/croissant`)).text()
    expect(croissant).toContain(shaOf(bytes))
    const open = await (await fetch(`${marked.registry.url}/datasets/${dataset}/croissant`)).text()
    expect(open).toContain(shaOf(FILES['words.jsonl']))
  })

  it('are told of in the grant, which names no mark in public', async () => {
    const { services } = marked.registry.house
    const river = await services.grants.grant(marked.grants.river)
    const [, claims = ''] = (river ? await services.grants.token(river) : '').split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).grant.fingerprint).toBe(true)
    const [event] = await services.log.read(river?.entry ?? 0, 1)
    expect(event?.data).toMatchObject({ fingerprint: true })
    expect(JSON.stringify(event?.data)).not.toContain('mark')
    expect(event?.secret.mark).toBe(marked.grants.river)
    const before = await services.grants.grant(marked.whole)
    expect([before?.fingerprint, before?.payload.includes('fingerprint')]).toEqual([
      undefined,
      false,
    ])
  })

  it('are named in the log by the file and by the copy', async () => {
    await marked.registry.days(1)
    const from = await sizeOf(marked.registry)
    const bytes = await copyOf(marked.hill, 'words.jsonl')
    const [event] = await eventsSince(marked.registry, from, 'download.authorised')
    expect(event?.data).toMatchObject({ sha256: shaOf(FILES['words.jsonl']), copy: shaOf(bytes) })
    const { downloads } = (
      await marked.hill.run<{ grant: { downloads: readonly { path: string; sha256: string }[] } }>(
        'query ($id: ID!) { grant(id: $id) { downloads { path sha256 } } }',
        { id: marked.grants.hill },
      )
    ).grant
    expect(downloads[0]).toEqual({ path: 'words.jsonl', sha256: shaOf(bytes) })
  })

  const trace = async (person: Person, name: string, bytes: Uint8Array): Promise<Response> => {
    const body = new FormData()
    body.append('file', new Blob([bytes as BlobPart]), name)
    const request = new Request('http://host/', { method: 'POST', body })
    return person.fetch(`/datasets/${marked.published.dataset}/fingerprint/trace`, {
      method: 'POST',
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
      body: Buffer.from(await request.arrayBuffer()),
    })
  }
  const councillor = (): Person => {
    const [one] = marked.village.council
    if (!one) throw new Error('nobody sits in the council')
    return one
  }
  const traced = async (name: string, bytes: Uint8Array): Promise<string> => {
    const answer = await trace(councillor(), name, bytes)
    expect(answer.status).toBe(200)
    return answer.text()
  }

  it('name whose they were when they leak, in another order and format, and that once in the log', async () => {
    const from = await sizeOf(marked.registry)
    const rows = rowsIn('words.jsonl', await copyOf(marked.river, 'words.jsonl'))
    const leak = rows
      .filter((row) => row !== '')
      .map((row) => JSON.parse(row))
      .reverse()
      .map(({ n, text }) => `{ "text": "${text}", "n": ${n} }\n`)
    const page = await traced('found.jsonl', Buffer.from(leak.join('')))
    expect(page).toContain(marked.grants.river)
    expect(page).not.toContain(marked.grants.hill)
    const events = await eventsSince(marked.registry, from, 'leak.traced')
    expect(events).toHaveLength(1)
    expect(events[0]?.secret).toMatchObject({ outcome: 'named', named: [marked.grants.river] })
    expect(JSON.stringify(events[0]?.data)).not.toContain(marked.grants.river)
  })

  it('name nobody when too little is found, though all of it fits', async () => {
    const rows = rowsIn('words.jsonl', await copyOf(marked.river, 'words.jsonl'))
    const page = await traced('found.jsonl', Buffer.from(rows.slice(0, 300).join('\n')))
    expect(page).toContain('too few rows')
    expect(page).not.toContain(marked.grants.river)
  })

  it('name nobody when the leak is whole, and say that whole copies are about', async () => {
    const page = await traced('found.csv', FILES['table.csv'])
    expect(page).toContain('no single fingerprinted copy fits')
    expect(page).toContain('under 1 grants')
    for (const grant of Object.values(marked.grants)) expect(page).not.toContain(grant)
  })

  it('name nobody when two fill each other’s gaps, and both when they keep what both have', async () => {
    const [river, hill] = await Promise.all(
      [marked.river, marked.hill].map(async (one) =>
        rowsIn('lines.txt', await copyOf(one, 'lines.txt')),
      ),
    )
    const union = [...new Set([...(river ?? []), ...(hill ?? [])])]
    expect(await traced('a.txt', Buffer.from(union.join('\n')))).toContain('no single')
    const both = (river ?? []).filter((row) => hill?.includes(row))
    const page = await traced('a.txt', Buffer.from(both.join('\n')))
    for (const grant of Object.values(marked.grants)) expect(page).toContain(grant)
  })

  it('are traced by the council alone', async () => {
    const from = await sizeOf(marked.registry)
    const { steward, researcher } = marked.village
    for (const person of [steward, researcher]) {
      const answer = await trace(person, 'found.csv', FILES['table.csv'])
      expect([answer.status, (await answer.text()).includes(marked.grants.river)]).toEqual([
        403,
        false,
      ])
    }
    expect(await eventsSince(marked.registry, from, 'leak.traced')).toEqual([])
  })

  it('are refused when they cannot be made, and nothing else is handed out instead', async () => {
    const { sha256 } = marked.published.files.find(({ path }) => path === 'lines.txt') ?? {
      sha256: '',
    }
    const third = await another(marked.village, marked.published.dataset, 'valley')
    const blob = join(
      marked.registry.house.services.config.dataDir,
      'blobs',
      sha256.slice(0, 2),
      sha256.slice(2),
    )
    await rename(blob, `${blob}.away`)
    const answer = await answerTo(third.person, 'lines.txt')
    expect([answer.status, (await answer.json()).code]).toEqual([503, 'COPY_NOT_MADE'])
    expect((await answerTo(third.person, 'words.jsonl')).status).toBe(200)
    await rename(`${blob}.away`, blob)
    expect((await answerTo(third.person, 'lines.txt')).status).toBe(200)
    expect(marked.registry.faults.splice(0)).not.toEqual([])
  }, 60_000)

  it('are whole again for whoever asks once the council has said so', async () => {
    await setFingerprint(marked.village, marked.published.dataset, false)
    const fourth = await another(marked.village, marked.published.dataset, 'coast')
    for (const path of TOUCHED)
      expect((await copyOf(fourth.person, path)).equals(FILES[path])).toBe(true)
  }, 60_000)
})
