import { attest, decide, grantTo, type Published, publish } from '../../support/journey.ts'
import { join, type Person } from '../../support/person.ts'
import { type Registry, type RegistryOptions, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { ask } from './held.ts'

export const ROWS = 3_000

const lines = (row: (n: number) => string): Buffer =>
  Buffer.from(Array.from({ length: ROWS }, (_, n) => row(n)).join(''))

/** Of each kind of file one that takes part, and of each kind of reason one that does not. */
export const FILES = {
  'words.jsonl': lines((n) => `{"n":${n},"text":"kupu ${n}"}\n`),
  'table.csv': Buffer.concat([
    Buffer.from('n,text\r\n'),
    lines((n) => `${n},"one ${n},\ntwo"\r\n`),
  ]),
  'lines.txt': lines((n) => `line ${n}\n`),
  'test.csv': Buffer.concat([Buffer.from('n\n'), lines((n) => `${n}\n`)]),
  'small.csv': Buffer.from('n\n1\n2\n'),
  'again.txt': lines((n) => `line ${n % 10}\n`),
} as const

/** A village whose copies are fingerprinted by vote; the researcher was granted a whole one before. */
export interface Marked {
  readonly registry: Registry
  readonly village: Village
  readonly published: Published
  readonly whole: string
  /** Two more people, with a grant each from after the vote. */
  readonly river: Person
  readonly hill: Person
  readonly grants: { readonly river: string; readonly hill: string }
}

export const setFingerprint = async (
  village: Village,
  dataset: string,
  on: boolean,
): Promise<void> => {
  const [one] = village.council
  if (!one) throw new Error('nobody sits in the council')
  const input = { dataset, on, reason: 'Something was found elsewhere.' }
  await decide(village, await ask(one, 'proposeFingerprint', 'ProposeFingerprintInput', input))
}

/** Somebody else who asks, is vouched for and granted. */
export const another = async (
  village: Village,
  dataset: string,
  name: string,
): Promise<{ person: Person; grant: string }> => {
  const researcher = await join(village.registry, `${name}@university.example`)
  const theirs = { ...village, researcher }
  await attest(theirs)
  return { person: researcher, grant: await grantTo(theirs, dataset) }
}

export const mark = async (options: RegistryOptions = {}): Promise<Marked> => {
  const registry = await startRegistry(options)
  const village = await found(registry)
  const published = await publish(village, FILES)
  await attest(village)
  const whole = await grantTo(village, published.dataset)
  await setFingerprint(village, published.dataset, true)
  const river = await another(village, published.dataset, 'river')
  const hill = await another(village, published.dataset, 'hill')
  const grants = { river: river.grant, hill: hill.grant }
  return { registry, village, published, whole, river: river.person, hill: hill.person, grants }
}
