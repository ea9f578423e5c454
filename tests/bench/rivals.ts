import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** A process that answers on a port of the loopback. */
export interface Rival {
  readonly port: number
  readonly pid: number
  readonly close: () => Promise<void>
}

/** A benchmark that fails leaves nothing running. */
const endWithUs = (child: ChildProcess): void => {
  process.once('exit', () => child.kill('SIGTERM'))
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

const firstLine = async (child: ChildProcess): Promise<string> => {
  if (!child.stdout) throw new Error('a rival has no output')
  const lines = createInterface(child.stdout)
  const said = once(lines, 'line')
  const failed = once(child, 'exit').then(() => {
    throw new Error('a rival ended before it listened')
  })
  const [line] = await Promise.race([said, failed])
  return String(line)
}

export type RivalKind = 'empty-node' | 'empty-express' | 'static' | 'apollo' | 'raw-upload'

/** Starts one of the servers of rival-server.ts. */
export const startRival = async (kind: RivalKind, given = ''): Promise<Rival> => {
  const file = join(here, 'rival-server.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', file, kind, given], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
  })
  endWithUs(child)
  const port = Number(await firstLine(child))
  return { port, pid: child.pid ?? 0, close: () => end(child) }
}

const NGINX = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx']

/** The nginx of this machine, if there is one. */
export const findNginx = (): string | null => NGINX.find((path) => existsSync(path)) ?? null

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

/**
 * A static site and, for the registry behind it, a proxy that sends the bytes itself. Started by
 * root, its workers would be somebody who may not read these folders.
 */
const nginxConfig = (folder: string, port: number, site: NginxSite): string => `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log;
events { worker_connections 512; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  default_type application/octet-stream;
  ${TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    keepalive_requests 1000000;
    location /static/ { alias ${site.folder}/; }
    location /dav/ { alias ${site.folder}/; dav_methods PUT DELETE; client_max_body_size 0; }
    location /blobs/ { internal; alias ${site.blobs}/; }
    location / {
      proxy_pass http://registry;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host:${site.registry};
    }
  }
  upstream registry { server 127.0.0.1:${site.registry}; keepalive 64; }
}
`

export interface NginxSite {
  /** Files under /static/; under /dav/ they are taken in. */
  readonly folder: string
  /** Files that only an answer of the registry may name, under /blobs/. */
  readonly blobs: string
  /** Port of the registry, for everything else. */
  readonly registry: number
}

const listening = async (port: number, child: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error('nginx ended before it listened')
    const up = await fetch(`http://127.0.0.1:${port}/static/`).then(
      () => true,
      () => false,
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('nginx does not listen')
}

/** Starts nginx as a child with one worker. */
export const startNginx = async (binary: string, site: NginxSite): Promise<Rival> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-nginx-'))
  const port = await freePort()
  const file = join(folder, 'nginx.conf')
  await writeFile(file, nginxConfig(folder, port, site))
  const child = spawn(binary, ['-p', folder, '-c', file, '-e', `${folder}/error.log`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  endWithUs(child)
  await listening(port, child)
  return {
    port,
    pid: child.pid ?? 0,
    close: async () => {
      await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
