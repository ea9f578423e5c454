import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  castBallot,
  grantTo,
  type Published,
  publish,
  requestAccess,
  requestInput,
} from '../support/journey.ts'
import { type Person, signIn } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { found, type Village } from '../support/village.ts'
import { disorder, eventsOf, rebuildFolder, unboundEffects, verifyFolder } from './stored.ts'

const BALLOTS = 100
const CHOICES = ['yes', 'no', 'abstain'] as const

const refusedWith = async (person: Person, path: string): Promise<string> => {
  const response = await person.fetch(path)
  if (response.status === 200) return 'nothing'
  const { code } = (await response.json()) as { code: string }
  return code
}

/** What the person is refused with as soon as it is anything, at most a second from now. */
const soonRefusedWith = async (person: Person, path: string): Promise<string> => {
  for (const until = performance.now() + 1_000; performance.now() < until; ) {
    const code = await refusedWith(person, path)
    if (code !== 'nothing') return code
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return refusedWith(person, path)
}

const PROPOSAL = `query ($id: ID!) { proposal(id: $id) { ballotsCast myBallot { choice entry } entries } }`

describe('two processes on one folder', () => {
  let one: ServerProcess
  let other: ServerProcess
  let village: Village
  let published: Published
  let proposal: string
  /** The same people, at the other process. */
  let member: Person
  let researcher: Person

  const url = () => published.files[0]?.url ?? ''
  /** A member of the council at the first process. */
  const seated = (): Person => {
    const [first] = village.council
    if (!first) throw new Error('the seat is empty')
    return first
  }

  beforeAll(async () => {
    one = await startServer()
    village = await found(one)
    published = await publish(village, { 'words.txt': Buffer.from('He kupu.\n'.repeat(5_000)) })
    await attest(village)
    await grantTo(village, published.dataset)
    other = await startServer({ dataDir: one.dataDir })
    member = await signIn(other, village.council[0]?.email ?? '')
    researcher = await signIn(other, village.researcher.email)
  }, 240_000)
  afterAll(async () => {
    await other.kill('SIGKILL')
    await one.close()
  })

  it('show at the one what has just been done at the other', async () => {
    const asked = await requestAccess(village.researcher, requestInput(published.dataset))
    proposal = asked.request?.proposal?.id ?? ''
    const { request } = await researcher.run<{ request: { state: string } | null }>(
      'query ($id: ID!) { request(id: $id) { state } }',
      { id: asked.request?.id },
    )
    expect(request?.state).toBe('voting')
    const { datasets } = await researcher.run<{ datasets: { nodes: readonly { id: string }[] } }>(
      '{ datasets { nodes { id } } }',
    )
    expect(datasets.nodes.map(({ id }) => id)).toContain(published.dataset)
  })

  it(`count one of ${BALLOTS} ballots that a member casts at both at once`, async () => {
    const here = seated()
    const cast = await Promise.all(
      Array.from({ length: BALLOTS }, (_, n) =>
        castBallot(n % 2 ? here : member, proposal, CHOICES[n % 3] ?? 'yes'),
      ),
    )
    const entries = cast.map(({ entry }) => entry)
    expect(cast.filter(({ refused }) => refused !== null)).toEqual([])
    expect(new Set(entries).size).toBe(BALLOTS)
    const last = entries.indexOf(Math.max(...entries.map(Number)))
    const seen = await Promise.all([here, member].map((who) => who.run(PROPOSAL, { id: proposal })))
    expect(seen[0]).toEqual(seen[1])
    expect(seen[0]).toMatchObject({
      proposal: { ballotsCast: 1, myBallot: { choice: CHOICES[last % 3], entry: entries[last] } },
    })
  }, 120_000)

  it('tell the same history', async () => {
    const logs = await Promise.all(
      [one, other].map(async (server) => (await fetch(`${server.url}/log/entries?from=0`)).json()),
    )
    expect(logs[0]).toEqual(logs[1])
    const checkpoints = await Promise.all(
      [one, other].map(async (server) => (await fetch(`${server.url}/log/checkpoint`)).text()),
    )
    expect(checkpoints[0]).toBe(checkpoints[1])
  })

  it('refuse within a second at the one what was closed at the other', async () => {
    expect(await refusedWith(researcher, url())).toBe('nothing')
    const { suspendDataset } = await village.steward.run<{ suspendDataset: { refused: unknown } }>(
      `mutation ($input: SuspendInput!) { suspendDataset(input: $input) { refused { code message } } }`,
      { input: { dataset: published.dataset, reason: 'Something is wrong with a recording.' } },
    )
    expect(suspendDataset.refused).toBeNull()
    expect(await soonRefusedWith(researcher, url())).toBe('SUSPENDED')
  })

  it('refuse within a second at the one what was revoked at the other', async () => {
    const more = await publish(village, { 'more.txt': Buffer.from('He kupu anō.\n'.repeat(50)) })
    await other.days(23)
    const grant = await grantTo(village, more.dataset)
    await other.days(23)
    const path = more.files[0]?.url ?? ''
    expect(await refusedWith(researcher, path)).toBe('nothing')
    const { proposeRevocation } = await seated().run<{
      proposeRevocation: { proposal: { id: string } | null }
    }>(
      `mutation ($input: ProposeRevocationInput!) { proposeRevocation(input: $input) { proposal { id } refused { code message } } }`,
      { input: { grant, reason: 'The report is long overdue.' } },
    )
    for (const person of village.council)
      await castBallot(person, proposeRevocation.proposal?.id ?? '', 'yes')
    await one.days(23)
    expect(await soonRefusedWith(researcher, path)).toBe('GRANT_REVOKED')
  }, 240_000)

  it('leave one log behind, and each decision carried out once', async () => {
    await other.kill('SIGTERM')
    await one.kill('SIGTERM')
    expect([one.exitCode(), other.exitCode()]).toEqual([0, 0])
    const said = [one.output(), other.output()].join('\n')
    expect(said.split('\n').filter((line) => line.includes('fault'))).toEqual([])
    const events = await eventsOf(one.dataDir)
    expect(disorder(events)).toEqual([])
    expect(unboundEffects(events)).toEqual([])
    expect((await verifyFolder(one.dataDir, '--blobs')).code).toBe(0)
    expect((await rebuildFolder(one.dataDir)).output).toContain('identical')
  }, 120_000)
})
