import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ENVIRONMENT, readConfig } from '../api/src/config.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

interface Service {
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly depends_on?: unknown
}
const compose = parse(read('compose.yaml')) as {
  readonly services: Readonly<Record<'api' | 'mongo' | 'nginx', Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}
const dockerfile = read('Dockerfile')
const nginx = read('api/nginx.conf')
const known = Object.keys(ENVIRONMENT.shape)

/** What Docker sets: the `ENV` line of the last stage. */
const imageEnv: Readonly<Record<string, string>> = Object.fromEntries(
  [...dockerfile.matchAll(/^ENV (.+)$/gm)]
    .flatMap(([, line = '']) => line.split(' '))
    .map((pair) => pair.split('=') as [string, string]),
)

/** `${NAME:-default}` and `${NAME:?why}` as compose would fill them. */
const filled = (text: string): string =>
  text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1').replaceAll(/\$\{\w+:\?[^}]*\}/g, 'https://x.example')

describe('the files for running it for real', () => {
  it('set only variables that the configuration reads', () => {
    const { NODE_ENV: _, ...image } = imageEnv
    const set = [...Object.keys(image), ...Object.keys(compose.services.api.environment ?? {})]
    expect(set.filter((name) => !known.includes(name))).toEqual([])
  })

  it('set them to values that the configuration takes', () => {
    const environment = Object.entries(compose.services.api.environment ?? {})
    const config = readConfig({
      ...imageEnv,
      ...Object.fromEntries(environment.map(([name, value]) => [name, filled(String(value))])),
    })
    expect(config.mongoUri).toContain('replicaSet=rs0')
    expect(config.trustProxy).toBe(1)
    expect(config.demo).toBe(false)
  })

  it('agree on the port of the api', () => {
    const port = imageEnv.PORT
    expect(dockerfile).toContain(`EXPOSE ${port}`)
    expect(dockerfile).toContain(`http://127.0.0.1:${port}/readyz`)
    expect(nginx).toContain(`proxy_pass http://api:${port};`)
  })

  it('agree on where the data and the blobs lie', () => {
    const dir = imageEnv.DATA_DIR
    expect(compose.services.api.volumes).toContain(`data:${dir}`)
    expect(compose.services.nginx.volumes).toContain(`data:${dir}:ro`)
    expect(nginx).toContain(`alias ${dir}/blobs/;`)
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(['data', 'mongo']))
  })

  it('let nginx alone serve what the api has decided on', () => {
    const prefix = compose.services.api.environment?.ACCEL_PREFIX
    expect(nginx).toMatch(new RegExp(`location ${prefix}/ \\{\\s+internal;`))
  })

  it('name a replica set that the database is started with', () => {
    expect(read('compose.yaml')).toContain('"--replSet", "rs0"')
  })

  it('copy only what exists, and everything the server reads at run time', () => {
    const copied = [
      ...dockerfile.matchAll(/^COPY --from=build .*? \/app\/(\S+)(?: \/app\/\S+)* \.\/\S*$/gm),
    ]
    expect(copied.length).toBeGreaterThan(0)
    for (const folder of ['policies/licences', 'policies/charters']) {
      expect(existsSync(join(root, folder))).toBe(true)
      expect(dockerfile).toContain(`/app/${folder} ./${folder}`)
    }
    expect(dockerfile).toContain('CMD ["node", "dist/api/src/main.js"]')
  })

  it('are mentioned with every variable in the README', () => {
    const readme = read('README.md')
    expect(known.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
  })
})
