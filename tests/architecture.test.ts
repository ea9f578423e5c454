import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const IMPORT =
  /^(?:import|export)\b[^'"()=]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm

interface Import {
  readonly file: string
  /** A path from the root for our own files, the package name otherwise. */
  readonly target: string
}

const files = (pattern: string): readonly string[] =>
  globSync(pattern, { cwd: root, ignore: ['**/generated.ts', '**/generated/**'] }).sort()

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const importsOf = (file: string): readonly Import[] =>
  [...read(file).matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    const target = name.startsWith('.')
      ? relative(root, resolve(join(root, dirname(file)), name))
      : name
    return { file, target }
  })

const sources = files('{policies,api,web,seed}/**/*.{ts,tsx}')
const imports = sources.flatMap(importsOf)
const inside = (folder: string) => imports.filter(({ file }) => file.startsWith(folder))
const say = ({ file, target }: Import): string => `${file} imports ${target}`

/** Which domains a domain may ask; everybody may ask people and log. */
const MAY_ASK: Readonly<Record<string, readonly string[]>> = {
  log: [],
  people: ['log'],
  governance: ['people', 'log'],
  licences: ['people', 'log', 'governance'],
  datasets: ['people', 'log', 'governance', 'licences'],
  grants: ['people', 'log', 'governance', 'licences', 'datasets'],
  notices: ['people', 'log', 'governance', 'licences', 'datasets', 'grants'],
}

const domainOf = (path: string): string | undefined => /^api\/src\/([a-z]+)\//.exec(path)?.[1]

describe('the house', () => {
  it('finds sources to judge', () => {
    expect(sources.length).toBeGreaterThan(100)
    expect(imports.length).toBeGreaterThan(300)
  })

  it('keeps policies free of packages, clocks, randomness and I/O', () => {
    const outward = inside('policies/').filter(({ target }) => !target.startsWith('policies/'))
    expect(outward.map(say)).toEqual([])
    const impure = /Date\.now\(|new Date\(\)|Math\.random\(|randomUUID|console\.|\bfetch\(/
    expect(files('policies/**/*.ts').filter((file) => impure.test(read(file)))).toEqual([])
  })

  it('reads the environment in config.ts alone', () => {
    const readers = files('{policies,api,web,seed}/**/*.{ts,tsx}').filter((file) =>
      read(file).includes('process.env'),
    )
    expect(readers).toEqual(['api/src/config.ts'])
  })

  it('knows mongoose, SQLite, BSON and S3 in storage alone', () => {
    const strangers = imports.filter(
      ({ file, target }) =>
        /^(mongoose|libsql|mongodb|bson|mingo|@aws-sdk)(\/|$)/.test(target) &&
        !file.startsWith('api/src/storage/'),
    )
    expect(strangers.map(say)).toEqual([])
  })

  it('knows express, Apollo and tus in http and graphql alone', () => {
    const strangers = imports.filter(
      ({ file, target }) =>
        /^(express|@apollo\/|@as-integrations\/|@tus\/|helmet)/.test(target) &&
        !/^api\/src\/(http|graphql)\//.test(file),
    )
    expect(strangers.map(say)).toEqual([])
  })

  it('lets domains ask only those below them', () => {
    const upward = imports.filter(({ file, target }) => {
      const from = domainOf(file)
      const to = domainOf(target)
      if (!from || !to || from === to || !(from in MAY_ASK) || !(to in MAY_ASK)) return false
      return !MAY_ASK[from]?.includes(to)
    })
    expect(upward.map(say)).toEqual([])
  })

  it('keeps domains away from storage, http and the environment', () => {
    const wrong = imports.filter(
      ({ file, target }) =>
        (domainOf(file) ?? '') in MAY_ASK &&
        /^api\/src\/(storage|http|config)/.test(target) &&
        !file.endsWith('-main.ts'),
    )
    expect(wrong.map(say)).toEqual([])
  })

  it('shows the generated types to resolvers and the graphql adapter alone', () => {
    const readers = inside('api/').filter(
      ({ file, target }) =>
        target === 'api/src/graphql/generated.ts' &&
        !file.endsWith('resolvers.ts') &&
        !file.startsWith('api/src/graphql/'),
    )
    expect(readers.map(say)).toEqual([])
  })

  it('has one door to the bytes: only the wiring opens a blob store', () => {
    const openers: Readonly<Record<string, string>> = {
      'api/src/storage/files.ts': 'api/src/storage/open-blobs.ts',
      'api/src/storage/s3/s3-files.ts': 'api/src/storage/open-blobs.ts',
      'api/src/storage/open-blobs.ts': 'api/src/wire.ts',
    }
    const outside = imports.filter(
      ({ file, target }) => target in openers && openers[target] !== file,
    )
    expect(outside.map(say)).toEqual([])
  })

  it('keeps web and api apart; they share the kernel and the schema', () => {
    const across = imports.filter(
      ({ file, target }) =>
        (file.startsWith('web/') && target.startsWith('api/')) ||
        (file.startsWith('api/') && target.startsWith('web/')),
    )
    expect(across.map(say)).toEqual([])
  })

  it('keeps the embedded engine free of the application', () => {
    const outward = inside('api/src/storage/embedded/').filter(
      ({ target }) => target.startsWith('api/') && !target.startsWith('api/src/storage/embedded/'),
    )
    expect(outward.map(say)).toEqual([])
  })

  it('keeps files short enough to be read', () => {
    const long = sources.filter((file) => read(file).split('\n').length > 301)
    expect(long).toEqual([])
  })
})
