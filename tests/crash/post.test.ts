import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assemble,
  castBallot,
  contribute,
  createDataset,
  proposePublication,
} from '../support/journey.ts'
import { type Relay, startRelay } from '../support/relay.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { found, type Village } from '../support/village.ts'

const COUNCIL = ['one', 'two', 'three'].map((name) => `${name}@village.example`)

describe('what people are told when the process is killed again and again', () => {
  let relay: Relay
  let server: ServerProcess
  let village: Village
  let dataDir = ''
  let port = 0

  const start = async (env: Record<string, string> = {}): Promise<void> => {
    server = await startServer({ dataDir, ...(port ? { port } : {}), env })
    port = Number(new URL(server.url).port)
  }
  const withRelay = () => ({ SMTP_URL: relay.url, MAIL_FROM: 'registry@village.example' })
  const votes = (address: string) =>
    relay.mails.filter(({ to, raw }) => to.includes(address) && raw.includes('/vote/'))

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'commonhold-post-'))
    relay = await startRelay()
    await start()
    village = await found({ url: server.url, dataDir, days: (count) => server.days(count) })
    await server.kill('SIGKILL')
  }, 240_000)
  afterAll(async () => {
    await server.close()
    await relay.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('comes at least once to everybody, and twice only under the same Message-ID', async () => {
    await start(withRelay())
    const dataset = await createDataset(village)
    const proposals: string[] = []
    for (let nth = 1; nth <= 4; nth += 1) {
      const bytes = Buffer.from(`He kupu ${nth}.\n`)
      const contribution = await contribute(village, dataset, { 'a.txt': bytes })
      const version = `1.${nth}.0`
      const manifestDigest = await assemble(village, dataset, [contribution], version)
      proposals.push(await proposePublication(village, { dataset, manifestDigest }))
      // Somewhere between the vote and the last of its letters.
      await new Promise((resolve) => setTimeout(resolve, nth * 250))
      await server.kill('SIGKILL')
      await start(withRelay())
    }
    await expect
      .poll(() => COUNCIL.map((address) => votes(address).length >= 4), { timeout: 150_000 })
      .toEqual([true, true, true])
    // A letter that a killed process held is taken up only once its hold has run out.
    for (const address of COUNCIL) {
      for (const proposal of proposals) {
        const about = votes(address).filter(({ raw }) => raw.includes(proposal))
        const ids = new Set(about.map(({ header }) => header('Message-ID')))
        expect(ids.size, `${address} about ${proposal}`).toBe(1)
      }
    }
    expect(server.output()).not.toMatch(/village\.example|\/vote\//)
    const [first] = proposals
    const [one] = village.council
    expect(first && one && (await castBallot(one, first, 'yes')).refused).toBeNull()
  }, 400_000)
})
