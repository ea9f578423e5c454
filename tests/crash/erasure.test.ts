import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../api/src/config.ts'
import { eraseFields } from '../../api/src/erase-fields.ts'
import { verifyCommand } from '../../api/src/log/verify-command.ts'
import { PROJECTIONS } from '../../api/src/projections.ts'
import { withStoreCopy } from '../../api/src/storage/store-copy.ts'
import {
  attest,
  castBallot,
  decide,
  publish,
  requestAccess,
  requestInput,
} from '../support/journey.ts'
import { type Person, signIn } from '../support/person.ts'
import { type Registry, startRegistry } from '../support/registry.ts'
import { found, type Village } from '../support/village.ts'
import { disorder, eventsOf, rebuildFolder, unboundEffects } from './stored.ts'

/** Words that stand nowhere else. */
const WORDS = ['quokkaproject', 'numbatreason', 'bilbyobjection'] as const

const PAGES = `{ proposals(first: 100) { nodes { id phase rollCall { reason choice } tally { yes no pass } subject { request { project requester facts } } } } viewer { requests { id project state } grants { id state } } datasets { nodes { id title } } }`

/** The words in every form they may be stored in. */
const formsOf = (word: string): readonly Buffer[] => {
  const middle = [0, 1, 2].map((skip) => {
    const text = Buffer.from(`${'x'.repeat(skip)}${word}`).toString('base64')
    // What depends on neighbours is left out, so that any place in a base64 text is found.
    return Buffer.from(text.slice(Math.ceil((skip * 4) / 3), -4))
  })
  return [Buffer.from(word), Buffer.from(word, 'utf16le'), ...middle]
}

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const all = await readdir(folder, { recursive: true, withFileTypes: true })
  return all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
}

/** The files of a data folder in which one of the words lies. */
const leftovers = async (folder: string): Promise<readonly string[]> => {
  const hits: string[] = []
  for (const file of await filesIn(folder)) {
    const bytes = await readFile(file)
    for (const word of WORDS)
      if (formsOf(word).some((form) => bytes.includes(form)))
        hits.push(`${word} in ${file.slice(folder.length + 1)}`)
  }
  return hits
}

describe('private fields that are erased', () => {
  let folder: string
  let registry: Registry
  let village: Village
  let researcher: Person
  let before: { readonly shown: string; readonly leaves: readonly string[] }

  const open = async (): Promise<void> => {
    registry = await startRegistry({ dataDir: folder, keep: true })
  }
  const shownTo = async (email: string): Promise<string> =>
    JSON.stringify(await (await signIn(registry, email)).run(PAGES))
  const leaves = async () => (await eventsOf(folder)).map(({ leaf }) => leaf)
  /** Decisions and grants as they stand. */
  const standing = async (): Promise<unknown> => {
    const { grants } = registry.house.services
    const account =
      (await registry.house.services.people.accountByEmail(researcher.email))?.id ?? ''
    const held = await grants.grantsOf(account)
    return held.map(({ id, dataset, expiresAt, purposes }) => ({
      id,
      dataset,
      expiresAt,
      purposes,
    }))
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'erasure-'))
    await open()
    village = await found(registry)
    researcher = village.researcher
    const { dataset } = await publish(village, { 'words.txt': Buffer.from('He kupu.\n') })
    await attest(village)
    const ask = async (project: string) =>
      (await requestAccess(researcher, requestInput(dataset, { project }))).request?.proposal?.id ??
      ''
    await decide(village, await ask('We study verbs in stories told by the river, as agreed.'))
    const proposal = await ask(`We study ${WORDS[0]} in stories told by the river.`)
    const [one, two] = village.council
    if (!one || !two) throw new Error('a seat is empty')
    await castBallot(one, proposal, 'no', `Because of the ${WORDS[1]}.`)
    await castBallot(two, proposal, 'object', `There is a ${WORDS[2]}.`)
    await registry.days(23)
    before = { shown: await shownTo(one.email), leaves: [] }
    await registry.close()
    before = { ...before, leaves: await leaves() }
  }, 240_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('are in the store before, and were shown to those who decided', async () => {
    const there = await leftovers(folder)
    for (const word of WORDS) expect(there.join()).toContain(`${word} in registry.db`)
    expect(before.shown).toContain(WORDS[1])
  })

  it('are gone from every file, and nothing else is', async () => {
    const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' })
    const events = await eventsOf(folder)
    const holding = events.filter(({ secret }) =>
      WORDS.some((word) => JSON.stringify(secret).includes(word)),
    )
    expect(holding.map(({ type }) => type)).toEqual([
      'request.submitted',
      'ballot.cast',
      'ballot.cast',
    ])
    for (const { idx, type } of holding) {
      const fields = type === 'ballot.cast' ? ['reason'] : ['project']
      expect(await eraseFields(config, { entry: idx, fields })).toEqual(fields)
    }
    expect(await leftovers(folder)).toEqual([])
    const after = await leaves()
    expect(after.slice(0, before.leaves.length)).toEqual(before.leaves)
    const told = (await eventsOf(folder)).filter(({ type }) => type === 'disclosure.erased')
    expect(told.map(({ data }) => data.entry)).toEqual(holding.map(({ idx }) => idx))
  }, 120_000)

  it('leave a log that verifies, and decisions and grants as they were', async () => {
    const lines: string[] = []
    const code = await verifyCommand([folder, '--blobs'], {
      say: (line) => lines.push(line),
      withStore: withStoreCopy,
      projections: PROJECTIONS,
    })
    expect(lines.filter((line) => line.startsWith('NOT RIGHT'))).toEqual([])
    expect(code).toBe(0)
    const events = await eventsOf(folder)
    expect(disorder(events)).toEqual([])
    expect(unboundEffects(events)).toEqual([])
    await open()
    expect(await standing()).toHaveLength(1)
    expect(await shownTo(village.council[0]?.email ?? '')).not.toMatch(new RegExp(WORDS.join('|')))
    expect(await shownTo(researcher.email)).not.toMatch(new RegExp(WORDS.join('|')))
    await registry.close()
    expect(await leftovers(folder)).toEqual([])
  }, 120_000)

  it('stay away when everything that can be read is folded anew', async () => {
    const { code, output } = await rebuildFolder(folder)
    expect(output).toContain('identical')
    expect(code).toBe(0)
    expect(await leftovers(folder)).toEqual([])
  }, 60_000)
})
