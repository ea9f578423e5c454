import { afterAll, beforeAll, expect, it } from 'vitest'
import { attest, grantTo, type Published, publish } from '../../support/journey.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

let first: Registry
let second: Registry
let village: Village
let published: Published
let token: string
let tokenId: string

const MAKE = `mutation ($input: CreateTokenInput!) {
  createToken(input: $input) { secret token { id } refused { code } }
}`

beforeAll(async () => {
  first = await startRegistry()
  village = await found(first)
  published = await publish(village, { 'words.txt': Buffer.from('awa\nmaunga\n') })
  await attest(village)
  await grantTo(village, published.dataset)
  const { createToken } = await village.researcher.run<{
    createToken: { secret: string; token: { id: string } }
  }>(MAKE, { input: { name: 'one', scopes: ['download'], days: 30 } })
  token = createToken.secret
  tokenId = createToken.token.id
  second = await startRegistry({ dataDir: first.dataDir, keep: true })
}, 120_000)
afterAll(async () => {
  await second.close()
  await first.close()
})

const fetchFrom = async ({ url }: Registry): Promise<number> => {
  const path = new URL(published.files[0]?.url ?? '', url).pathname
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  await response.arrayBuffer()
  return response.status
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const SUSPEND = `mutation ($input: SuspendInput!) {
  suspendDataset(input: $input) { dataset { id } refused { code message } }
}`

it('closes the door of another process within a second of a suspension, its own at once', async () => {
  expect(await fetchFrom(first)).toBe(200)
  const before = await fetchFrom(second)
  const input = { dataset: published.dataset, reason: 'A name was in it.' }
  const { suspendDataset } = await village.steward.run<{ suspendDataset: { dataset: unknown } }>(
    SUSPEND,
    { input },
  )
  expect(suspendDataset.dataset).not.toBeNull()
  expect(await fetchFrom(first)).toBe(403)
  await pause(1000)
  expect([before, await fetchFrom(second)]).toEqual([200, 403])
})

it('forgets a token everywhere within a second of its end, in its own process at once', async () => {
  expect(await fetchFrom(second)).toBe(403)
  await village.researcher.run('mutation ($id: ID!) { revokeToken(id: $id) }', { id: tokenId })
  expect(await fetchFrom(first)).toBe(401)
  await pause(1000)
  expect(await fetchFrom(second)).toBe(401)
})
