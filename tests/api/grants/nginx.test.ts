import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsSince, type Held, hold, MARK, sizeOf, suspend, TEXT, urlOf } from './held.ts'

const hasNginx = spawnSync('nginx', ['-v']).status === 0

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })

const SAMPLE = readFileSync(new URL('../../../api/nginx.conf', import.meta.url), 'utf8')

/** The sample as it is, but for its port, its folder and where the api listens. */
const sample = (port: number, { registry }: Held): string =>
  SAMPLE.replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replaceAll('http://api:4000', registry.url)
    .replace('server api:4000', `server ${new URL(registry.url).host}`)
    .replace('alias /data/blobs/', `alias ${registry.dataDir}/blobs/`)

/** Run by root, its workers would be somebody who may not read the folder of the test. */
const configuration = (port: number, held: Held, folder: string) => `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off; default_type application/octet-stream;
  client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  ${sample(port, held)}
}`

/** A permitted file that nginx reads: the api decides and records, the bytes go round it. */
describe('behind nginx', () => {
  let held: Held
  let folder: string
  let nginx: ChildProcess | null = null
  let origin = ''

  beforeAll(async () => {
    held = await hold(undefined, { env: { ACCEL_PREFIX: '/protected-blobs' } })
    folder = await mkdtemp(join(tmpdir(), 'commonhold-nginx-'))
    if (!hasNginx) return
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    await chmod(folder, 0o755)
    await writeFile(join(folder, 'nginx.conf'), configuration(port, held, folder))
    nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
    const isUp = () =>
      fetch(`${origin}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    for (let tries = 0; tries < 100 && !(await isUp()); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }, 120_000)
  afterAll(async () => {
    nginx?.kill()
    await held.registry.close()
    await rm(folder, { recursive: true, force: true })
  })

  const path = () => urlOf(held.published, 'words.txt')
  const headers = () => ({ cookie: held.village.researcher.cookie() })

  it('names the blob instead of sending it and records the whole of it', async () => {
    const from = await sizeOf(held.registry)
    const init = { headers: { range: 'bytes=5-9' } }
    const response = await held.village.researcher.fetch(path(), init)
    expect([response.status, await response.text()]).toEqual([200, ''])
    const [sha256] = held.published.files.map((file) => file.sha256)
    const blob = `/protected-blobs/${sha256?.slice(0, 2)}/${sha256?.slice(2)}`
    expect(response.headers.get('x-accel-redirect')).toBe(blob)
    const [event] = await eventsSince(held.registry, from, 'download.authorised')
    expect(event?.data).toMatchObject({ from: 0, to: TEXT.length - 1 })
  })

  it.skipIf(!hasNginx)('hands out the bytes and their ranges', async () => {
    const whole = await fetch(origin + path(), { headers: headers() })
    expect(Buffer.from(await whole.arrayBuffer()).equals(TEXT)).toBe(true)
    expect(whole.headers.get('content-disposition')).toContain('words.txt')
    expect(whole.headers.get('x-accel-redirect')).toBeNull()
    const part = await fetch(origin + path(), { headers: { ...headers(), range: 'bytes=5-9' } })
    expect([part.status, await part.text()]).toEqual([206, TEXT.toString('utf8', 5, 10)])
  })

  it.skipIf(!hasNginx)('goes on with a part on condition that the bytes are the same', async () => {
    const [sha256] = held.published.files.map((file) => file.sha256)
    const rest = async (tag: string) => {
      const part = { range: 'bytes=83990-', 'if-range': tag }
      const response = await fetch(origin + path(), { headers: { ...headers(), ...part } })
      return { status: response.status, text: await response.text() }
    }
    const text = TEXT.toString('utf8', 83_990)
    expect(await rest(`"${sha256}"`)).toEqual({ status: 206, text })
    expect(await rest('"of other bytes"')).toEqual({ status: 200, text: TEXT.toString() })
  })

  it.skipIf(!hasNginx)('guards them as the api does', async () => {
    const guards = (response: Response) =>
      [
        'x-content-type-options',
        'content-security-policy',
        'cross-origin-resource-policy',
        'referrer-policy',
        'strict-transport-security',
        'tdm-reservation',
        'tdm-policy',
      ].map((name) => [name, response.headers.get(name)])
    const own = guards(await held.village.researcher.fetch(path()))
    expect(own.map(([, value]) => value)).not.toContain(null)
    const part = { headers: { ...headers(), range: 'bytes=5-9' } }
    for (const init of [{ headers: headers() }, part])
      expect(guards(await fetch(origin + path(), init))).toEqual(own)
  })

  it.skipIf(!hasNginx)('hands out nothing round the door', async () => {
    const [sha256] = held.published.files.map((file) => file.sha256)
    for (const url of [
      `/protected-blobs/${sha256?.slice(0, 2)}/${sha256?.slice(2)}`,
      `/protected-blobs/../protected-blobs/${sha256?.slice(0, 2)}/${sha256?.slice(2)}`,
    ]) {
      const response = await fetch(origin + url, { headers: headers() })
      expect([response.status, await response.text()]).toEqual([
        404,
        expect.not.stringContaining(MARK),
      ])
    }
    await suspend(held.village, held.published.dataset)
    const refused = await fetch(origin + path(), { headers: headers() })
    expect([refused.status, await refused.text()]).toEqual([403, expect.not.stringContaining(MARK)])
  })

  it('reports no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})
