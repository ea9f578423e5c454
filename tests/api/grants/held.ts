import type { StoredEvent } from '../../../api/src/log/index.ts'
import { attest, decide, grantTo, type Published, publish } from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'
import { type Registry, type RegistryOptions, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

export const MARK = 'words that must not leave without a grant'

/** A village with a published dataset and a researcher whose grant the council has voted for. */
export interface Held {
  readonly registry: Registry
  readonly village: Village
  readonly published: Published
  readonly grant: string
}

export const TEXT = Buffer.from(`${MARK}\n`.repeat(2_000))

export const hold = async (
  files: Readonly<Record<string, Uint8Array>> = { 'words.txt': TEXT },
  options: RegistryOptions = {},
): Promise<Held> => {
  const registry = await startRegistry(options)
  const village = await found(registry)
  const published = await publish(village, files)
  await attest(village)
  return { registry, village, published, grant: await grantTo(village, published.dataset) }
}

export const urlOf = ({ files }: Published, path: string): string =>
  files.find((file) => file.path === path)?.url ?? ''

export const token = async (person: Person, scopes: readonly string[]): Promise<string> => {
  const { createToken } = await person.run<{ createToken: { secret: string } }>(
    'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
    { input: { name: 'test', scopes, days: 30 } },
  )
  return createToken.secret
}

/** Events of one kind from an index on, oldest first. */
export const eventsSince = async (
  { house: { services } }: Registry,
  from: number,
  type: string,
): Promise<readonly StoredEvent[]> => {
  const events = []
  for (let at = from; ; ) {
    const some = await services.log.read(at, 256)
    const last = some.at(-1)
    if (!last) return events.filter((event) => event.type === type)
    events.push(...some)
    at = last.idx + 1
  }
}

export const sizeOf = ({ house }: Registry): Promise<number> => house.services.log.size()

/** Waits for an event of a kind; gives up after twenty seconds. */
export const eventually = async (
  registry: Registry,
  from: number,
  type: string,
): Promise<StoredEvent> => {
  for (const until = Date.now() + 20_000; Date.now() < until; ) {
    const [event] = await eventsSince(registry, from, type)
    if (event) return event
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`no ${type} within twenty seconds`)
}

interface Proposed {
  readonly proposal: { readonly id: string } | null
  readonly refused: { readonly code: string } | null
}

/** Proposes something; the id of its proposal. */
export const ask = async (
  person: Person,
  mutation: string,
  type: string,
  input: object,
): Promise<string> => {
  const answer = await person.run<Record<string, Proposed>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { proposal { id } refused { code } } }`,
    { input },
  )
  const made = answer[mutation]
  if (!made?.proposal) throw new Error(`${mutation}: ${made?.refused?.code}`)
  return made.proposal.id
}

/** The council takes a grant back. */
export const revoke = async (village: Village, grant: string): Promise<void> => {
  const [one] = village.council
  if (!one) throw new Error('nobody sits in the council')
  const input = { grant, reason: 'It was used for something else.' }
  await decide(village, await ask(one, 'proposeRevocation', 'ProposeRevocationInput', input))
}

export const suspend = async ({ steward }: Village, dataset: string): Promise<void> => {
  const { suspendDataset: done } = await steward.run<{ suspendDataset: { refused: unknown } }>(
    'mutation ($input: SuspendInput!) { suspendDataset(input: $input) { refused { code message } } }',
    { input: { dataset, reason: 'Something is wrong.' } },
  )
  if (done.refused) throw new Error(JSON.stringify(done.refused))
}

export const reopen = async (village: Village, dataset: string): Promise<void> => {
  const input = { dataset, reason: 'It has been looked into.' }
  await decide(village, await ask(village.steward, 'proposeReopening', 'DatasetVoteInput', input))
}
