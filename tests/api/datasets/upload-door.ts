import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { openUploadDesk, type UploadDeps } from '../../../api/src/datasets/upload-desk.ts'
import { uploadRoutes } from '../../../api/src/http/upload.ts'
import type { Actor } from '../../../api/src/people/people.ts'
import { connectStorage } from '../../../api/src/storage/connect.ts'
import { openFiles } from '../../../api/src/storage/files.ts'
import { openPartialFiles } from '../../../api/src/storage/partial-files.ts'
import { createUploadStore } from '../../../api/src/storage/upload-store.ts'

const LIMITS = { maxBytes: 20_000_000, quotaBytes: 30_000_000, keepFree: 0 }

/** Signed in by name; "alice:read" holds a token that only reads. */
const actorOf = (header: string | undefined): Actor | null => {
  if (!header) return null
  const [id = '', scope] = header.split(':')
  const account = {
    id: `a_${id}`,
    email: `${id}@example.org`,
    name: id,
    operator: false,
    emailVerifiedAt: null,
    createdAt: 0,
  }
  return { account, session: null, scopes: scope === 'read' ? ['read'] : null }
}

/** The upload door on a port of its own, over real stores; `restart` is a kill and a new start. */
export const openUploadDoor = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'uploads-'))
  const storage = await connectStorage({ file: join(dir, 'registry.db') })
  const uploads = await createUploadStore(storage.connection)
  const time = { now: Date.UTC(2030, 0, 1) }
  let handler = express()

  const deps = async (changed: Partial<UploadDeps>): Promise<UploadDeps> => ({
    files: await openFiles({ dir: join(dir, 'blobs') }),
    partials: await openPartialFiles({ dir: join(dir, 'uploads') }),
    uploads,
    wallClock: () => time.now,
    limits: LIMITS,
    ...changed,
  })

  /** Starts anew; `changed` replaces parts, e.g. by one that dies at a step. */
  const restart = async (changed: Partial<UploadDeps> = {}) => {
    const all = await deps(changed)
    const desk = openUploadDesk(all)
    handler = express()
    const authenticate = async (request: { headers: { authorization?: string | undefined } }) =>
      actorOf(request.headers.authorization)
    handler.use(uploadRoutes({ desk, authenticate, maxBytes: all.limits.maxBytes }))
    handler.use((error: Error, _req: unknown, res: express.Response, _next: unknown) => {
      res.status(500).end(`fault: ${error.message}`)
    })
    return { desk, ...all }
  }

  const server = createServer((request, response) => handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/uploads`,
    time,
    uploads,
    deps,
    restart,
    clear: async () => {
      await storage.connection.collection('uploads').deleteMany({})
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await storage.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

const base64 = (text: string) => Buffer.from(text).toString('base64')

export const metadataHeader = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',')

/** Speaks tus by hand, so that every header is under the test's control. */
export const tusClient = (url: string, who = 'alice') => {
  const headers = { 'Tus-Resumable': '1.0.0', Authorization: who }
  return {
    create: (size: number | null, metadata: Record<string, string> = {}, extra = {}) =>
      fetch(url, {
        method: 'POST',
        headers: {
          ...headers,
          ...(size === null ? {} : { 'Upload-Length': String(size) }),
          ...(Object.keys(metadata).length > 0
            ? { 'Upload-Metadata': metadataHeader(metadata) }
            : {}),
          ...extra,
        },
      }),
    patch: (location: string, offset: number, body: Uint8Array<ArrayBuffer>, extra = {}) =>
      fetch(new URL(location, url), {
        method: 'PATCH',
        headers: {
          ...headers,
          'Content-Type': 'application/offset+octet-stream',
          'Upload-Offset': String(offset),
          ...extra,
        },
        body,
      }),
    head: (location: string, extra = {}) =>
      fetch(new URL(location, url), { method: 'HEAD', headers: { ...headers, ...extra } }),
    remove: (location: string) => fetch(new URL(location, url), { method: 'DELETE', headers }),
  }
}

export const idOf = (location: string): string => location.split('/').at(-1) ?? ''

export const locationOf = (response: Response): string => {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`no Location in ${response.status}`)
  return location
}
