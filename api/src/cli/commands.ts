import { readFile } from 'node:fs/promises'
import { exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'
import { type Client, createClient, keyName, prove, refusalIn } from './client.ts'
import { type Credentials, writeCredentials } from './credentials.ts'
import { EXIT, Failure } from './failure.ts'
import { fetchFile, hashOf } from './fetch-file.ts'
import type { Show } from './show.ts'
import { below, readSums } from './sums.ts'

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
}

const exchanged = z.object({ access_token: z.string(), expires_in: z.number() })

/** Binds a personal token to a key of this machine and keeps both; the token itself ends by it. */
export const login = async (
  registry: string,
  token: string,
  { file, show }: { readonly file: string; readonly show: Show },
): Promise<void> => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = await exportJWK(privateKey)
  const url = new URL('/oauth/token', registry).href
  const nobody = createClient(registry, null)
  const body = () => new URLSearchParams({ ...EXCHANGE, subject_token: token })
  const send = async (nonce: string | null) => {
    const dpop = await prove(key, { method: 'POST', url, token: null, nonce })
    return nobody.send('/oauth/token', { method: 'POST', headers: { dpop }, body: body() })
  }
  const first = await send(null)
  const answer = first.ok ? first : await send(first.headers.get('dpop-nonce'))
  if (!answer.ok) throw new Failure(EXIT.refused, 'The registry does not take this token.')
  const given = exchanged.parse(await answer.json())
  await writeCredentials(file, { registry, token: given.access_token, key })
  const days = Math.floor(given.expires_in / 86_400)
  const name = await keyName(key)
  show.line(`Logged in at ${registry} for ${days} days with the key ${name} of this machine.`, {
    registry,
    key: name,
    days,
  })
}

const graphql = async (
  client: Client,
  query: string,
  variables: object,
): Promise<Readonly<Record<string, unknown>>> => {
  const response = await client.send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const answer = z
    .object({
      data: z.record(z.string(), z.unknown()).nullish(),
      errors: z.array(z.object({ message: z.string() })).optional(),
    })
    .parse(await response.json())
  const [error] = answer.errors ?? []
  if (error) throw new Failure(EXIT.refused, error.message)
  return answer.data ?? {}
}

const listed = z.array(z.object({ id: z.string(), description: z.string().default('') }))

/** What the catalogue shows everybody. */
export const search = async (registry: string, words: string, show: Show): Promise<void> => {
  const client = createClient(registry, null)
  const response = await client.send(`/api/datasets?search=${encodeURIComponent(words)}&limit=20`)
  if (!response.ok) throw await refusalIn(response)
  for (const { id, description } of listed.parse(await response.json()))
    show.line(`${id}  ${description}`, { dataset: id, description })
}

const PRECHECK = `query ($input: PrecheckInput!) {
  precheck(input: $input) { decision reasons { text } needsCouncil }
}`

const prechecked = z.object({
  precheck: z
    .object({
      decision: z.string(),
      reasons: z.array(z.object({ text: z.string() })),
      needsCouncil: z.boolean(),
    })
    .nullable(),
})

export interface Question {
  readonly dataset: string
  readonly purposes: readonly string[]
  readonly facts: Readonly<Record<string, string>>
}

/** What the licence says to a use, and where a person asks for it; a token asks for nobody. */
export const ask = async (registry: string, question: Question, show: Show): Promise<void> => {
  const { dataset, purposes, facts } = question
  const use = { purposes, actions: ['download'] }
  const input = { dataset, use, facts, acceptedDuties: [] }
  const { precheck } = prechecked.parse(
    await graphql(createClient(registry, null), PRECHECK, { input }),
  )
  if (!precheck) throw new Failure(EXIT.refused, `There is no dataset ${dataset}.`)
  const { decision, reasons } = precheck
  show.line(`The licence says: ${decision}`, { dataset, decision, reasons })
  if (show.json) return
  for (const { text } of reasons) show.line(`  ${text}`, null)
  show.line(`Ask for access at ${new URL(`/datasets/${dataset}`, registry).href}`, null)
}

const newest = z.object({
  dataset: z.object({ version: z.object({ version: z.string() }).nullable() }).nullable(),
})

const versionOf = async (registry: string, id: string): Promise<string> => {
  const query = 'query ($id: ID!) { dataset(id: $id) { version { version } } }'
  const { dataset } = newest.parse(await graphql(createClient(registry, null), query, { id }))
  const found = dataset?.version?.version
  if (found) return found
  throw new Failure(EXIT.refused, `No version of ${id} is published; name it as ${id}@1.0.0.`)
}

/** All files of a version below a folder, each checked; what is there already is not sent again. */
export const download = async (
  credentials: Credentials,
  name: string,
  { folder, show }: { readonly folder: string; readonly show: Show },
): Promise<void> => {
  const [path = '', given] = name.split('@')
  const id = path.split('/').at(-1) ?? ''
  const version = given ?? (await versionOf(credentials.registry, id))
  const client = createClient(credentials.registry, credentials)
  const at = `/datasets/${encodeURIComponent(id)}/versions/${encodeURIComponent(version)}`
  const response = await client.send(`${at}/SHA256SUMS`)
  if (!response.ok) throw await refusalIn(response)
  for (const { sha256, path: file } of readSums(await response.text())) {
    const address = `${at}/files/${file.split('/').map(encodeURIComponent).join('/')}`
    const progress = show.progress(file)
    const wanted = { path: address, sha256, target: below(folder, file) }
    const { bytes, how } = await fetchFile(client, wanted, { progress })
    show.line(`${file}: ${bytes} bytes, ${how}, SHA-256 as it should be`, {
      file,
      bytes,
      how,
      sha256,
    })
  }
}

const stateOf = (found: string | null, wanted: string): string => {
  if (found === null) return 'missing'
  return found === wanted ? 'intact' : 'damaged'
}

/** Compares what lies in a folder with its list of digests. */
export const verify = async (folder: string, list: string, show: Show): Promise<void> => {
  let wrong = 0
  for (const { sha256, path } of readSums(await readFile(list, 'utf8'))) {
    const found = await hashOf(below(folder, path)).catch(() => null)
    const state = stateOf(found, sha256)
    if (state !== 'intact') wrong += 1
    show.line(`${path}: ${state}`, { file: path, state })
  }
  if (wrong > 0) throw new Failure(EXIT.damaged, `${wrong} files are not as they should be.`)
}
