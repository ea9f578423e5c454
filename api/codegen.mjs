// Types for resolvers and for every web operation, from the SDL. A misspelt field fails the run.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codegen } from '@graphql-codegen/core'
import * as typedDocument from '@graphql-codegen/typed-document-node'
import * as typescript from '@graphql-codegen/typescript'
import * as operations from '@graphql-codegen/typescript-operations'
import * as resolvers from '@graphql-codegen/typescript-resolvers'
import { buildASTSchema, concatAST, parse, Source, validate } from 'graphql'
import { globSync } from 'tinyglobby'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = (pattern) => globSync(pattern, { cwd: root }).sort()
const read = (path) => readFile(join(root, path), 'utf8')

const sdl = (await Promise.all(files(['api/src/**/*.graphql']).map(read))).join('\n')
const schema = parse(sdl)
const documents = await Promise.all(
  files(['web/src/**/*.graphql']).map(async (location) => ({
    location,
    document: parse(new Source(await read(location), location)),
  })),
)

// Together: a fragment may be spread in a file other than its own.
const problems = validate(
  buildASTSchema(schema),
  concatAST(documents.map(({ document }) => document)),
)
if (problems.length > 0) {
  console.error(problems.map(String).join('\n\n'))
  process.exit(1)
}

const scalars = { DateTime: 'string', JSON: 'unknown' }
const write = async (filename, text) => {
  const path = join(root, filename)
  await mkdir(dirname(path), { recursive: true })
  if ((await readFile(path, 'utf8').catch(() => '')) !== text) await writeFile(path, text)
}

const run = (filename, plugins, config, docs = []) =>
  codegen({
    filename,
    schema,
    documents: docs,
    plugins: plugins.map(([name]) => ({ [name]: {} })),
    pluginMap: Object.fromEntries(plugins),
    config: { scalars, useTypeImports: true, enumsAsTypes: true, ...config },
  })

const server = await run(
  'api/src/graphql/generated.ts',
  [
    ['typescript', typescript],
    ['resolvers', resolvers],
  ],
  {
    contextType: '../context.ts#Context',
    mappers: JSON.parse(await read('api/src/graphql/mappers.json')),
    useIndexSignature: true,
    makeResolverTypeCallable: true,
  },
)
await write(
  'api/src/graphql/generated.ts',
  `${server}\nexport const typeDefs = ${JSON.stringify(sdl)}\n`,
)

const web = await run(
  'web/src/graphql/generated.ts',
  [
    ['operations', operations],
    ['documents', typedDocument],
  ],
  { onlyOperationTypes: true, documentMode: 'documentNode', avoidOptionals: { field: true } },
  documents,
)
await write('web/src/graphql/generated.ts', web)
console.log(`codegen: ${documents.length} web documents against ${sdl.length} bytes of SDL`)
