import { join } from 'node:path'
import { compareAll, isAsked, type Run } from './compare.ts'
import { type Load, overHttp, type Shot } from './http-load.ts'
import { type ReadyDownload, readyDownload, type SizeName } from './ready-download.ts'
import { findNginx, type Rival, startNginx, startRival } from './rivals.ts'
import type { BenchRow } from './row.ts'
import type { Baseline, Comparison, Goal } from './sample.ts'

/** Requests of a round, for one connection and for 32. */
const LOADS: Readonly<Record<SizeName, readonly Load[]>> = {
  '1 KB': [
    { n: 2000, conc: 1 },
    { n: 6000, conc: 32 },
  ],
  '1 MB': [
    { n: 200, conc: 1 },
    { n: 640, conc: 32 },
  ],
  '16 MB': [
    { n: 20, conc: 1 },
    { n: 64, conc: 32 },
  ],
  '1 GB': [
    { n: 1, conc: 1 },
    { n: 32, conc: 32 },
  ],
}

// performance.md 9 has no goal for 16 MB beside nginx.
const BESIDE_NGINX: Readonly<Record<SizeName, number | null>> = {
  '1 KB': 0.13,
  '1 MB': 0.4,
  '16 MB': null,
  '1 GB': 0.9,
}
const LIKE_NGINX: readonly Goal[] = [
  { of: 'rps', ratio: 0.95 },
  { of: 'cpu', ratio: 1.15 },
]
const BEHIND_NGINX: Readonly<Record<SizeName, readonly Goal[]>> = {
  '1 KB': [{ of: 'rps', ratio: 0.2 }],
  '1 MB': [{ of: 'rps', ratio: 0.8 }],
  '16 MB': LIKE_NGINX,
  '1 GB': LIKE_NGINX,
}

/** They are promises about many at once: on one connection the goals are not asked for. */
const withGoals = (baseline: Baseline, { conc }: Load, goals: readonly Goal[]): Baseline =>
  conc > 1 && goals.length > 0 ? { ...baseline, goals } : baseline

interface Field {
  readonly ready: ReadyDownload
  readonly empty: Rival
  readonly bare: Rival
  readonly express: Rival
  readonly nginx: Rival | null
}

const nobody = { path: '/', status: 204 } as const

const fileOf = (ready: ReadyDownload, size: SizeName, port: number, under: string): Shot => {
  const { path, bytes } = ready.shot(size)
  const name = path.split('/').at(-1) ?? ''
  return { port, path: `${under}/${name}`, status: 200, ...(bytes === undefined ? {} : { bytes }) }
}

const besides = (field: Field, size: SizeName, load: Load): readonly Baseline[] => {
  const { ready, empty, bare, express, nginx } = field
  const served = fileOf(ready, size, express.port, '')
  const beside = BESIDE_NGINX[size]
  const sendFile = withGoals(overHttp('express.static', served, load, [express.pid]), load, [
    { of: 'rps', ratio: 1.3 },
  ])
  const handlers = [
    overHttp('empty node:http', { ...nobody, port: bare.port }, load, [bare.pid]),
    overHttp('empty express', { ...nobody, port: empty.port }, load, [empty.pid]),
  ]
  const still = nginx
    ? [
        withGoals(
          overHttp('nginx static', fileOf(ready, size, nginx.port, '/static'), load, [nginx.pid]),
          load,
          beside === null ? [] : [{ of: 'rps', ratio: beside }],
        ),
      ]
    : []
  return [...(size === '1 KB' && load.conc > 1 ? handlers : []), sendFile, ...still]
}

const comparisonOf = (field: Field, size: SizeName, load: Load): Comparison => {
  const { ready } = field
  return {
    name: `enforced download, ${size}`,
    ...load,
    product: overHttp('registry', ready.shot(size), load, [ready.pid]),
    baselines: besides(field, size, load),
  }
}

const behindNginx = (
  ready: ReadyDownload,
  nginx: Rival,
  size: SizeName,
  load: Load,
): Comparison => {
  const shot = { ...ready.shot(size), port: nginx.port }
  const still = fileOf(ready, size, nginx.port, '/static')
  return {
    name: `enforced download behind nginx, ${size}`,
    ...load,
    product: overHttp('registry behind nginx', shot, load, [ready.pid, nginx.pid]),
    baselines: [
      withGoals(overHttp('nginx static', still, load, [nginx.pid]), load, BEHIND_NGINX[size]),
    ],
  }
}

/** What runs seldom is slow at first; the sizes of which few are sent have to be spared that. */
const WARM: Load = { n: 6000, conc: 32 }

const readied = async (
  sizes: readonly SizeName[],
  env: Readonly<Record<string, string>> = {},
): Promise<ReadyDownload> => {
  const ready = await readyDownload([...new Set<SizeName>(['1 KB', ...sizes])], env)
  const { bytes: _, ...shot } = ready.shot('1 KB')
  await overHttp('warm', shot, WARM, [ready.pid]).run()
  return ready
}

const siteOf = (ready: ReadyDownload) => ({
  folder: ready.folder,
  blobs: join(ready.server.dataDir, 'blobs'),
  registry: ready.port,
})

const fromNode = async (
  run: Run,
  sizes: readonly SizeName[],
  binary: string | null,
): Promise<readonly BenchRow[]> => {
  const ready = await readied(sizes)
  const [empty, bare, express] = await Promise.all([
    startRival('empty-express'),
    startRival('empty-node'),
    startRival('static', ready.folder),
  ])
  const nginx = binary ? await startNginx(binary, siteOf(ready)) : null
  const field = { ready, empty, bare, express, nginx }
  const rows = await compareAll(
    run,
    sizes.flatMap((size) => LOADS[size].map((load) => comparisonOf(field, size, load))),
  )
  await Promise.all([empty, bare, express, ready, nginx].map((one) => one?.close()))
  return rows
}

const throughNginx = async (
  run: Run,
  sizes: readonly SizeName[],
  binary: string,
): Promise<readonly BenchRow[]> => {
  const ready = await readied(sizes, { ACCEL_PREFIX: '/blobs' })
  const nginx = await startNginx(binary, siteOf(ready))
  const rows = await compareAll(
    run,
    sizes.flatMap((size) => LOADS[size].map((load) => behindNginx(ready, nginx, size, load))),
  )
  await Promise.all([nginx.close(), ready.close()])
  return rows
}

/** Those of which a case was asked for: a gigabyte takes its time to be taken in. */
const sizesOf = (run: Run, smoke: boolean): readonly SizeName[] => {
  const all: readonly SizeName[] = smoke ? ['1 KB', '1 MB'] : ['1 KB', '1 MB', '16 MB', '1 GB']
  return all.filter((size) => LOADS[size].some(({ conc }) => isAsked(run, size, conc)))
}

/** The one door for bytes beside servers that let everybody in. */
export const downloadSuite = async (run: Run, smoke: boolean): Promise<readonly BenchRow[]> => {
  const sizes = sizesOf(run, smoke)
  const binary = findNginx()
  return [
    ...(await fromNode(run, sizes, binary)),
    ...(binary ? await throughNginx(run, sizes, binary) : []),
  ]
}
